container-build build --check .
