using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What is endorsed; <paramref name="Id"/> is that of an achievement, a profile or a credential, the comment is Markdown.</summary>
public sealed record EndorsementSubject(string Id, string? EndorsementComment = null) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["EndorsementSubject"]);
        json.Member("endorsementComment", EndorsementComment);
        json.WriteEndObject();
    }
}
