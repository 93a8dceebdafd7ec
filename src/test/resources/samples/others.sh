container-build tag team/app:1 registry.example:5000/team/app:stable
container-build push registry.example:5000/team/app:stable --username builder --password-stdin < password.txt
container-build pull registry.example:5000/team/app:stable --username builder --password-stdin < password.txt
container-build inspect team/app:1
