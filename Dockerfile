FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/SkillBadges.App -c Release -o /app --self-contained false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# Ed25519 in half the time; names in Chinese, Japanese and Korean on paper.
RUN apt-get update && apt-get install -y --no-install-recommends libsodium23 fonts-droid-fallback && rm -rf /var/lib/apt/lists/*
RUN useradd --system --home-dir /data skillbadges \
    && mkdir -p /data/store /data/keys && chown -R skillbadges /data
COPY --from=build /app /app
USER skillbadges
VOLUME /data
EXPOSE 8080
# The key-encryption key lies beside the data folder, not inside it: mount /data/keys from a secret store of its own.
ENV SKILLBADGES_DATA=/data/store \
    SKILLBADGES_KEYFILE=/data/keys/key-encryption.key \
    SKILLBADGES_URLS=http://+:8080
ENTRYPOINT ["dotnet", "/app/skillbadges.dll"]
CMD ["serve"]
