namespace SkillBadges.Credentials.Keys;

/// <summary>Who computes with keys on this machine, for those who measure or operate it.</summary>
public static class KeyLibraries
{
    /// <summary><c>libsodium</c> or <c>OpenSSL</c>.</summary>
    public static string Ed25519 => Ed25519Library.Fastest.Name;
}
