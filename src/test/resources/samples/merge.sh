container-build merge -t registry.example:5000/team/app:1 \
    --annotation org.opencontainers.image.title="Team app" \
    registry.example:5000/team/app:1-amd64 registry.example:5000/team/app:1-arm64 \
    --username builder --password-stdin < password.txt
