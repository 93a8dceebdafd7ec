container-build copy registry.example:5000/team/app:1 \
    registry.example:5000/team/app:stable registry.example:5000/releases/app:1 \
    --username builder --password-stdin < password.txt
