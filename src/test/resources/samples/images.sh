container-build images registry.example:5000/team/app --filter 'st*' --username builder --password-stdin < password.txt
container-build delete registry.example:5000/releases/app:1 --protect '*:latest' \
    --username builder --password-stdin < password.txt
