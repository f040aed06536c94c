using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A link to an entry of a framework: a competency, an occupation code, a program code.</summary>
public sealed record Alignment : IJsonObject
{
    public required string TargetName { get; init; }

    public required string TargetUrl { get; init; }

    /// <summary>One of <see cref="OpenBadgeTerms.TargetTypes"/> or an <c>ext:</c> token.</summary>
    public string? TargetType { get; init; }

    public string? TargetCode { get; init; }

    public string? TargetDescription { get; init; }

    public string? TargetFramework { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Members("type", ["Alignment"]);
        json.Member("targetName", TargetName);
        json.Member("targetUrl", TargetUrl);
        json.Member("targetType", TargetType);
        json.Member("targetCode", TargetCode);
        json.Member("targetDescription", TargetDescription);
        json.Member("targetFramework", TargetFramework);
        json.WriteEndObject();
    }
}
