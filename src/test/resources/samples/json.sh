container-build build --json -t team/app:1 . > result.json
