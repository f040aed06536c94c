using SkillBadges.Core.Sharing.Talent;

namespace SkillBadges.App.Sharing.Talent;

/// <param name="Reference">What was looked at, such as the number in the state's register of businesses.</param>
internal sealed record EmployerCheckRequest(string Employer, string Reference);

/// <param name="EndedAt">From then on it may search no more.</param>
internal sealed record EmployerCheckView(string Employer, string Reference, DateTimeOffset At, DateTimeOffset? EndedAt)
{
    public static EmployerCheckView Of(EmployerCheck check) => new(check.Employer.Value, check.Reference, check.At, check.EndedAt);
}

/// <param name="Skills">1 to 5; each person found has all of them.</param>
internal sealed record TalentSearchRequest(string Employer, IReadOnlyList<WantedSkillBody> Skills);

/// <param name="Badge">Its short name, such as <c>smaw-fillet</c>.</param>
/// <param name="Competency">Its id in the badge; left out for any skill of the badge.</param>
/// <param name="MinimumLevel">Code of a level on the scale that was used; left out for what the badge asks.</param>
internal sealed record WantedSkillBody(string Badge, string? Competency = null, string? MinimumLevel = null)
{
    public WantedSkill ToSkill() => new(Badge, Competency, MinimumLevel);
}

/// <param name="AssessedBy">The role of who decided, such as <c>Teacher</c>; never a name.</param>
internal sealed record FoundSkillView(string Badge, string Skill, string Level, string Descriptor, string AssessedBy, string School, DateTimeOffset DecidedAt);

/// <param name="Reference">By which you ask for contact; of this search alone.</param>
internal sealed record FoundTalentView(string Reference, IReadOnlyList<FoundSkillView> Skills);

/// <param name="Found">At most 20; who they are is theirs to say.</param>
internal sealed record TalentSearchAnswer(string Search, IReadOnlyList<FoundTalentView> Found)
{
    public static TalentSearchAnswer Of(TalentAnswer answer) => new(
        answer.Search,
        [.. answer.Found.Select(found => new FoundTalentView(
            found.Reference, [.. found.Skills.Select(skill => new FoundSkillView(skill.Badge, skill.Skill, skill.Level, skill.Descriptor, skill.AssessedBy, skill.School, skill.DecidedAt))]))]);
}

/// <param name="Reference">Of a result of the search.</param>
/// <param name="Message">To the person, at most 500 characters.</param>
internal sealed record TalentContactRequest(string Search, string Reference, string Message);

/// <summary>Who the learner is is not in it.</summary>
internal sealed record TalentContactView(string Id, string Employer, string Search, string Reference, string Message, ContactState State, DateTimeOffset At, DateTimeOffset? AnsweredAt)
{
    public static TalentContactView Of(TalentContact contact) => new(
        contact.Id, contact.Employer.Value, contact.Search, contact.Reference, contact.Message, contact.State, contact.At, contact.AnsweredAt);
}

/// <param name="Reach">An e-mail address or a telephone number.</param>
internal sealed record ContactDetailsBody(string Name, string Reach);

/// <param name="Details">With a yes: what this employer is to know. Left out, the answer is no.</param>
internal sealed record TalentContactAnswerRequest(ContactDetailsBody? Details = null)
{
    public ContactDetails? ToDetails() => Details is null ? null : new(Details.Name, Details.Reach);
}
