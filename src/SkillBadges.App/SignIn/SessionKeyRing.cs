using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.Core;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.SignIn;

/// <summary>The keys of access tokens as this process knows them; looked up again every minute, and when a token names one that is unknown.</summary>
internal sealed class SessionKeyRing(IDocumentStore store, KeyEncryptionKey keyEncryption, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hurried = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim loading = new(1);
    private Ring ring = new([], DateTimeOffset.MinValue);

    /// <summary>Keys whose tokens are accepted, newest first.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Known => ring.Keys;

    /// <summary>The key that signs now; made when there is none or the newest is old.</summary>
    public async Task<SigningCredentials> SigningAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(null, cancellationToken);
        return new(ring.Keys[0], SecurityAlgorithms.EcdsaSha256);
    }

    /// <param name="keyId">A key that is needed, or null.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public async Task RefreshAsync(string? keyId, CancellationToken cancellationToken)
    {
        var age = clock.Now() - ring.LoadedAt;
        if (age < Hurried || (age < Fresh && (keyId is null || ring.Keys.Any(key => key.KeyId == keyId))))
        {
            return;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            ring = await LoadAsync(cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    public void Dispose() => loading.Dispose();

    private async Task<Ring> LoadAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var stored = await store.QueryAsync(SessionKeyDocuments.Kind, SessionKeyDocuments.ByAge.Where().Descending().Take(10), cancellationToken);
        var keys = stored.Documents.Where(key => key.ExpiresAt > now).ToList();
        if (keys.Count == 0 || keys[0].CreatedAt + SessionKey.Signs <= now)
        {
            var made = Make(now);
            await store.CommitAsync(new Changes().Add(SessionKeyDocuments.Kind, made), cancellationToken);
            keys.Insert(0, made);
        }

        return new([.. keys.Select(Open)], now);
    }

    private SessionKey Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = NewId.Random();
        return new(
            id,
            keyEncryption.Seal(key.ExportPkcs8PrivateKey(), SessionKey.PurposeFor(id)),
            Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            now,
            now + SessionKey.Lives);
    }

    private ECDsaSecurityKey Open(SessionKey stored)
    {
        // Kept from ring to ring, since the framework caches by key.
        if (ring.Keys.FirstOrDefault(key => key.KeyId == stored.Id) is { } known)
        {
            return known;
        }

        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(keyEncryption.Open(stored.SealedPrivateKey, SessionKey.PurposeFor(stored.Id)), out _);
        return new(key) { KeyId = stored.Id };
    }

    private sealed record Ring(IReadOnlyList<ECDsaSecurityKey> Keys, DateTimeOffset LoadedAt);
}
