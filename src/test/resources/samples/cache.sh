cache=type=registry,ref=registry.example:5000/team/app
container-build build -t registry.example:5000/team/app:1 --push \
  --cache-from $cache,branch=feature/login --cache-from $cache,branch=main \
  --cache-to $cache,branch=feature/login,mode=max \
  --username builder --password-stdin . < password.txt
