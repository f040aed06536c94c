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

/// <summary>What happens when one of two independent raters finds the required level reached and the other does not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RaterDisagreement>))]
public enum RaterDisagreement
{
    /// <summary>The two talk, and rate again in the open until they agree; the first ratings stay on record.</summary>
    [JsonStringEnumMemberName("talk")]
    Talk,

    /// <summary>A third rates without having seen the two; the middle one of the three levels stands.</summary>
    [JsonStringEnumMemberName("third-rater")]
    ThirdRater,
}

/// <summary>Who may decide.</summary>
/// <param name="Roles">At least one; holds <see cref="ReviewerRole.Supervisor"/> exactly where the mode lets supervisors in.</param>
/// <param name="QualificationCode">A slug such as <c>registered-nurse</c> that reviewers must hold, or null.</param>
/// <param name="QualificationNote">The qualification in words, or null.</param>
public sealed record ReviewRule(
    ImmutableArray<ReviewerRole> Roles,
    SupervisorMode Supervisor,
    string? QualificationCode = null,
    string? QualificationNote = null)
{
    /// <summary>Who must hold the qualification; null for everybody who decides, empty for nobody: then it is advice.</summary>
    public ImmutableArray<ReviewerRole>? QualificationOf { get; init; }

    /// <summary>
    /// Set where two rate independently, neither seeing the other's levels: one in each capacity where both are allowed. Both have to find every required level
    /// reached, and the lower of their two levels stands. Null where one decides.
    /// </summary>
    public RaterDisagreement? Raters { get; init; }

    public bool Allows(ReviewerRole role) => Roles.Contains(role);

    /// <summary>The code of the qualification that somebody in this capacity must hold, or null.</summary>
    public string? RequiredOf(ReviewerRole role) => QualificationOf is not { } held || held.Contains(role) ? QualificationCode : null;
}
