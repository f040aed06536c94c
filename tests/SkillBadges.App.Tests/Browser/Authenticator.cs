using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An app on somebody's phone that shows codes of a key; as each code counts once, a minute goes by before the next.</summary>
internal sealed class Authenticator(TestApp instance, string key)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private readonly byte[] secret = Read(key);

    public string Next()
    {
        instance.Clock.Advance(TimeSpan.FromMinutes(1));
        return Totp.CodeAt(secret, instance.Clock.GetUtcNow());
    }

    // RFC 4648 (2006-10) 6: five bits a letter.
    private static byte[] Read(string key)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(place => Convert.ToByte(bits.Substring(8 * place, 8), 2))];
    }
}
