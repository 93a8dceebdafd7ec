container-build run --volume ./sources:/src:ro --volume results:/out --workdir /src --timeout 10m \
    team/report:1 report --json > report.json
