container-build build --json -f Dockerfile.files -t registry.example:5000/team/app:platforms \
    --platform linux/amd64,linux/arm64 --provenance mode=min --output type=oci,dest=image.tar --push \
    --username builder --password-stdin . < password.txt > result.json
