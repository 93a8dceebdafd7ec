image=$(container-build build -t team/app:1 .)
container-build push --image "$image" -t registry.example:5000/team/app:1 \
    --username builder --password-stdin < password.txt
