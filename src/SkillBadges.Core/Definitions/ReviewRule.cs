using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions;

/// <summary>In what capacity somebody decides on evidence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReviewerRole>))]
public enum ReviewerRole
{
    [JsonStringEnumMemberName("teacher")]
    Teacher,

    [JsonStringEnumMemberName("supervisor")]
    Supervisor,
}

/// <summary>What the supervisor of a workplace may do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SupervisorMode>))]
public enum SupervisorMode
{
    /// <summary>Workplace supervisors do not decide on this badge.</summary>
    [JsonStringEnumMemberName("not-allowed")]
    NotAllowed,

    /// <summary>A supervisor's decision counts together with a teacher's.</summary>
    [JsonStringEnumMemberName("co-sign")]
    CoSign,

    /// <summary>A supervisor may decide alone.</summary>
    [JsonStringEnumMemberName("sole")]
    Sole,
}

/// <summary>Who may decide.</summary>
/// <param name="Roles">At least one; holds <see cref="ReviewerRole.Supervisor"/> exactly where the mode lets supervisors in.</param>
/// <param name="QualificationCode">A slug such as <c>registered-nurse</c> that the reviewer must hold, or null.</param>
/// <param name="QualificationNote">The qualification in words, or null.</param>
public sealed record ReviewRule(
    ImmutableArray<ReviewerRole> Roles,
    SupervisorMode Supervisor,
    string? QualificationCode = null,
    string? QualificationNote = null)
{
    public bool Allows(ReviewerRole role) => Roles.Contains(role);
}
