using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Core;
using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Evidence;

/// <summary>What a link shows: which bytes, as what, under which name, until when.</summary>
internal sealed record EvidenceLink(Sha256Digest Digest, string MediaType, string FileName, DateTimeOffset ExpiresAt)
{
    /// <summary>Pictures, film and sound that this server has looked into are shown; anything else is handed out to be kept.</summary>
    public bool IsInline => MediaType is "image/png" or "image/jpeg" || MediaType.StartsWith("video/", StringComparison.Ordinal) || MediaType.StartsWith("audio/", StringComparison.Ordinal);
}

/// <summary>
/// Makes and reads short-lived signed addresses on the evidence host. A link says nothing of who looks; whoever has it sees the bytes until it expires. The key comes from the key file and is another one each day,
/// so that a link of yesterday is worth nothing even if today's key were known.
/// </summary>
internal sealed class EvidenceLinks(KeyEncryptionKey root, Settings settings, TimeProvider clock)
{
    public const string Prefix = "/evidence/";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(6);

    // What a minute takes at least: film of 400 kbit/s, speech of 32 kbit/s. More bytes a minute only make the time more than enough.
    private const long FilmBytesAMinute = 3_000_000;
    private const long SoundBytesAMinute = 240_000;

    /// <summary>Ten minutes, and for film and sound as long again as they can last, up to six hours: a browser asks for the next part of what is playing by the same address.</summary>
    public static TimeSpan LifetimeOf(string mediaType, long bytes)
    {
        var aMinute = mediaType.StartsWith("video/", StringComparison.Ordinal) ? FilmBytesAMinute : mediaType.StartsWith("audio/", StringComparison.Ordinal) ? SoundBytesAMinute : long.MaxValue;
        var lasts = TimeSpan.FromMinutes(Math.Min((double)bytes / aMinute, LongestLifetime.TotalMinutes));
        return lasts + Lifetime < LongestLifetime ? lasts + Lifetime : LongestLifetime;
    }

    /// <exception cref="RefusedException"><c>evidence.no-host</c>.</exception>
    public (Uri Address, EvidenceLink Link) Make(EvidenceItem file)
    {
        var (digest, mediaType, fileName) = (file.Digest, file.MediaType, file.FileName ?? "evidence");
        var host = settings.EvidenceHost ?? throw Refused.Conflict("evidence.no-host", "This server has no host of its own for showing evidence; please download the file instead.");
        var link = new EvidenceLink(digest, mediaType, fileName, DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + LifetimeOf(mediaType, file.Bytes)).ToUnixTimeSeconds()));
        var text = string.Create(CultureInfo.InvariantCulture, $"{link.ExpiresAt.ToUnixTimeSeconds()}\n{digest.Hex}\n{mediaType}\n{fileName}");
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        return (new Uri(host, $"{Prefix}{payload}.{Base64Url.EncodeToString(Sign(payload, link.ExpiresAt))}"), link);
    }

    /// <inheritdoc cref="Make"/>
    public EvidenceLinkView View(EvidenceItem file)
    {
        var (address, link) = Make(file);
        return new(address.AbsoluteUri, link.ExpiresAt, link.MediaType, link.IsInline);
    }

    /// <summary>What the part of the address after <see cref="Prefix"/> stands for; null when we did not make it or its time is over.</summary>
    public EvidenceLink? Read(string signed)
    {
        var dot = signed.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || signed.Length > 4096)
        {
            return null;
        }

        try
        {
            var fields = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(signed.AsSpan(0, dot))).Split('\n');
            if (fields.Length != 4 || !long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799 || !Sha256Digest.TryParse(fields[1], out var digest))
            {
                return null;
            }

            var link = new EvidenceLink(digest, fields[2], fields[3], DateTimeOffset.FromUnixTimeSeconds(seconds));
            var isOurs = CryptographicOperations.FixedTimeEquals(Sign(signed[..dot], link.ExpiresAt), Base64Url.DecodeFromChars(signed.AsSpan(dot + 1)));
            return isOurs && link.ExpiresAt > clock.GetUtcNow() ? link : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private byte[] Sign(string payload, DateTimeOffset expires) =>
        HMACSHA256.HashData(root.Derive($"evidence link {expires.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"), Encoding.ASCII.GetBytes(payload));
}
