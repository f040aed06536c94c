namespace SkillBadges.Core.SignIn;

/// <summary>A key that signs access tokens (ES256), never a credential. Public part at <c>/.well-known/jwks.json</c> until it expires.</summary>
/// <param name="Id">The <c>kid</c>; never used twice.</param>
/// <param name="SealedPrivateKey">PKCS #8, sealed for <see cref="PurposeFor"/>.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo, base64.</param>
/// <param name="CreatedAt">The newest signs.</param>
/// <param name="ExpiresAt">Afterwards nothing that it signed is accepted.</param>
public sealed record SessionKey(string Id, string SealedPrivateKey, string PublicKey, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a key signs before a new one is made.</summary>
    public static readonly TimeSpan Signs = TimeSpan.FromDays(30);

    public static readonly TimeSpan Lives = TimeSpan.FromDays(31);

    public static string PurposeFor(string id) => $"session-key:{id}";
}
