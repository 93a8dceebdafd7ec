container-build build -t team/app:secrets -f Dockerfile.secrets \
    --secret id=token,src=token.txt --ssh default=deploy_key .
