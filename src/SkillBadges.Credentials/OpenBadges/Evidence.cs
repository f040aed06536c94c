using System.Buffers.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// Work that supports the achievement. A credential travels far and for long, so the work itself stays with the school and
/// <see cref="Id"/> names its content only.
/// </summary>
public sealed record Evidence : IJsonObject
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>Markdown.</summary>
    public string? Narrative { get; init; }

    public string? Description { get; init; }

    public string? Genre { get; init; }

    public string? Audience { get; init; }

    /// <summary>
    /// The content's name by RFC 6920 (April 2013) section 3, <c>ni:///sha-256;...</c>: whoever is given the file can check that it is the one that was
    /// assessed, and nobody can fetch it from the id.
    /// </summary>
    /// <param name="sha256">32 bytes.</param>
    public static string IdOf(ReadOnlySpan<byte> sha256)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sha256.Length, 32);
        return "ni:///sha-256;" + Base64Url.EncodeToString(sha256);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["Evidence"]);
        json.Member("name", Name);
        json.Member("narrative", Narrative);
        json.Member("description", Description);
        json.Member("genre", Genre);
        json.Member("audience", Audience);
        json.WriteEndObject();
    }
}
