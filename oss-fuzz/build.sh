#!/bin/bash
# Builds every fuzz target for OSS-Fuzz and ClusterFuzzLite, whose containers set SRC, OUT and SANITIZER. `cargo xtask fuzz` runs it
# without a container: BUILT then names a folder in which the binaries are already.
set -eu

cd "$SRC/channel-file/fuzz"

if [ -z "${BUILT:-}" ]; then
  assertions=(--debug-assertions)
  if [ "${SANITIZER:-}" = coverage ]; then
    # Their branches are no code of the library.
    assertions=()
    export CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS=false CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS=false
  fi
  cargo fuzz build -O "${assertions[@]}"
  BUILT=target/x86_64-unknown-linux-gnu/release
fi

count=0
for source in fuzz_targets/*.rs; do
  target=$(basename "$source" .rs)
  cp "$BUILT/$target" "$OUT/"
  cp "dictionaries/$target.dict" "options/$target.options" "$OUT/"
  rm -f "$OUT/${target}_seed_corpus.zip"
  inputs=("seeds/$target")
  if [ -d "crashes/$target" ]; then
    inputs+=("crashes/$target")
  fi
  zip -qr "$OUT/${target}_seed_corpus.zip" "${inputs[@]}"
  count=$((count + 1))
done

if [ "$count" = 0 ]; then
  echo "no fuzz target was built" >&2
  exit 1
fi
echo "$count fuzz targets"
