container-build tags team/app --git-tag v1.4.2 \
    --rule 'type=semver,pattern={{version}}' --rule 'type=semver,pattern={{major}}.{{minor}}'

container-build build --tag-image team/app --git-tag v1.4.2 \
    --tag-rule 'type=semver,pattern={{version}}' --tag-rule 'type=semver,pattern={{major}}.{{minor}}' \
    --repository https://git.example/team/app.git .
