#!/bin/sh
# Makes the two fonts of the public pages again: weights 400 to 700, Latin with punctuation. Run it in an empty folder.
# Needs npm, and "fonttools" with "brotli" from pip. The italic stays out: with it the fonts would weigh 84 KB, not 51.
# Adobe reserves the name "Source" for fonts that nobody changed, so what was cut out of it has another name.
set -eu
characters='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+0160-0161,U+0178,U+017D-017E,U+0192,U+02BB-02BC,U+02C6,U+02DA'
characters="$characters,U+02DC,U+2009,U+200B,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033"
characters="$characters,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+2215"
make() { # package, file, name inside the file
  tar xzf "$(npm pack --silent "@fontsource-variable/$1@5.3")"
  fonttools varLib.instancer -q "package/files/$1-latin-wght-normal.woff2" wght=400:700 -o "$2.ttf"
  pyftsubset "$2.ttf" --unicodes="$characters" --flavor=woff2 --output-file="$2.woff2" \
    --layout-features=kern,liga,clig,mark,mkmk,ccmp,locl,lnum,pnum,tnum
  python - "$2.woff2" "$3" <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
file, name = sys.argv[1:]
font = TTFont(file)
for record in font["name"].names:
    if record.nameID in (1, 3, 4, 6, 16, 25):
        record.string = name.replace(" ", "") if record.nameID in (6, 25) else name
font.save(file)
PYTHON
  (echo "$3, $(fonttools ttx -q -o - -t name "$2.woff2" | grep -A1 'nameID="0"' | tail -1 | sed 's/^ *//')"
   echo; sed 1,2d package/LICENSE) > "$2.OFL.txt"
}
make source-serif-4 serif 'Ward Serif'
make atkinson-hyperlegible-next sans 'Atkinson Hyperlegible Next'
