#!/bin/sh
# uninstall.sh: removes what install.sh has installed. /etc/yangguang, /var/lib/yangguang and the user stay. 卸载程序；配置和数据保留。
set -eu
prefix=${PREFIX:-/usr/local}
[ "$(id -u)" = 0 ] || { echo "uninstall.sh: must be run as root" >&2; exit 1; }
if [ -d /run/systemd/system ]; then systemctl disable --now yangguang.service || true; fi
rm -f /etc/systemd/system/yangguang.service "$prefix/bin/yangguang" "$prefix/share/man/man1/yangguang.1.gz" \
	"$prefix/share/bash-completion/completions/yangguang" "$prefix/share/zsh/site-functions/_yangguang" "$prefix/share/fish/vendor_completions.d/yangguang.fish"
rm -rf "$prefix/lib/yangguang" "$prefix/share/doc/yangguang" "$prefix/share/yangguang"
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
echo "Removed. /etc/yangguang, /var/lib/yangguang and the user yangguang stay."
