container-build inspect --remote registry.example:5000/team/app:1 --username builder --password-stdin < password.txt
