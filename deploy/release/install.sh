#!/bin/sh
# install.sh: installs Yangguang on this machine from the directory it lies in, and starts a service that ran again; no network needed.
# PREFIX=/usr/local is where. 在本机安装（离线）；重复运行即升级。
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-/usr/local}
[ "$(id -u)" = 0 ] || { echo "install.sh: must be run as root" >&2; exit 1; }
"$here/yangguang" --version >/dev/null # is it this machine's kind of program?

install -d "$prefix/lib/yangguang" "$prefix/bin" "$prefix/share/man/man1" "$prefix/share/bash-completion/completions" \
	"$prefix/share/zsh/site-functions" "$prefix/share/fish/vendor_completions.d" "$prefix/share/doc" /etc/yangguang /etc/systemd/system
# Files take their names when they are whole: what runs keeps its own.
put() {
	install -m "$1" "$2" "$3.new"
	mv -f "$3.new" "$3"
}
put 755 "$here/yangguang" "$prefix/lib/yangguang/yangguang"
if [ -f "$here/libchdb.so" ]; then put 644 "$here/libchdb.so" "$prefix/lib/yangguang/libchdb.so"; fi
put 755 "$here/uninstall.sh" "$prefix/lib/yangguang/uninstall.sh"
ln -sfn "$prefix/lib/yangguang/yangguang" "$prefix/bin/yangguang"
put 644 "$here/yangguang.1.gz" "$prefix/share/man/man1/yangguang.1.gz"
put 644 "$here/completion/bash" "$prefix/share/bash-completion/completions/yangguang"
put 644 "$here/completion/zsh" "$prefix/share/zsh/site-functions/_yangguang"
put 644 "$here/completion/fish" "$prefix/share/fish/vendor_completions.d/yangguang.fish"
rm -rf "$prefix/share/doc/yangguang" "$prefix/share/yangguang"
cp -R "$here/doc" "$prefix/share/doc/yangguang"
cp -R "$here/deploy" "$prefix/share/yangguang"
sed -e "s|/usr/lib/yangguang/|$prefix/lib/yangguang/|; s|/usr/share/doc/|$prefix/share/doc/|" "$here/deploy/yangguang.service" >/etc/systemd/system/yangguang.service
[ -e /etc/yangguang/yangguang.yaml ] || install -m 644 "$here/deploy/yangguang.yaml" /etc/yangguang/yangguang.yaml
sh "$here/postinstall"
"$prefix/bin/yangguang" version --verbose
echo "Next: /etc/yangguang/yangguang.yaml, then: systemctl enable --now yangguang"
