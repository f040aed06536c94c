using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

/// <summary>From which side an organization signs a badge that several sides write together.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SigningParty>))]
public enum SigningParty
{
    /// <summary>A high school, CTE center, online academy or school district.</summary>
    [JsonStringEnumMemberName("secondary")]
    Secondary,

    /// <summary>A college.</summary>
    [JsonStringEnumMemberName("postsecondary")]
    Postsecondary,

    /// <summary>An employer or a body of an industry.</summary>
    [JsonStringEnumMemberName("industry")]
    Industry,

    /// <summary>A state office.</summary>
    [JsonStringEnumMemberName("state")]
    State,
}

public static class SigningParties
{
    public static SigningParty Of(OrganizationKind kind) => kind switch
    {
        OrganizationKind.HighSchool or OrganizationKind.CteCenter or OrganizationKind.OnlineAcademy or OrganizationKind.District => SigningParty.Secondary,
        OrganizationKind.College => SigningParty.Postsecondary,
        OrganizationKind.Employer or OrganizationKind.IndustryBody => SigningParty.Industry,
        OrganizationKind.StateOffice => SigningParty.State,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>In people's words, after "a" or "one".</summary>
    public static string Words(this SigningParty party) => party switch
    {
        SigningParty.Secondary => "school or district",
        SigningParty.Postsecondary => "college",
        SigningParty.Industry => "industry body or employer",
        _ => "state office",
    };
}
