image=$(container-build build .)
container-build push --registries registries.yaml --registry nexus --image "$image" -t app:2 \
    --username builder --password-stdin < password.txt
