using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>The outbox messages about who works with whom.</summary>
public static class OrganizationTopics
{
    /// <summary>Subject: a <see cref="PersonId"/> whose classes or internships changed, as learner or as assessor.</summary>
    public const string AssignmentsChanged = "organizations.assignments-changed";

    public static OutboxMessage AssignmentsOf(PersonId person, DateTimeOffset now) => new(NewId.Ordered(now), AssignmentsChanged, person.Value, now);
}
