using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>The outbox messages of issuing.</summary>
public static class IssuingTopics
{
    /// <summary>Subject: a <see cref="CredentialId"/>. Handled by <c>IssuanceFinisher.FinishAnyAsync</c>.</summary>
    public const string Finish = "issuing.finish";

    /// <summary>Subject: a <see cref="StatusListId"/>. Handled by <c>StatusListPublisher.PublishAsync</c>; messages with the same subject may be handled as one.</summary>
    public const string StatusList = "issuing.status-list";

    /// <summary>Subject: an organization's id. Handled by <see cref="CredentialResigning.ResignAsync"/>.</summary>
    public const string Resign = "issuing.resign";

    /// <summary>Subject: a <see cref="CredentialId"/> that was revoked, suspended or reinstated. For whoever relies on it.</summary>
    public const string StatusChanged = "issuing.status-changed";

    /// <summary>Subject: a learner and an organization, <see cref="LearnerPseudonymDocuments.IdOf"/>: something that counts for a stack was earned, recognized or taken back there.</summary>
    public const string Stacks = "issuing.stacks";

    /// <summary>Changes of a list within this time are published together.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromSeconds(5);

    public static OutboxMessage FinishIntent(CredentialId credential, DateTimeOffset notBefore) => new(NewId.Ordered(notBefore), Finish, credential.Value, notBefore);

    public static OutboxMessage ResignAll(OrganizationId organization, DateTimeOffset now) => new(NewId.Ordered(now), Resign, organization.Value, now);

    public static OutboxMessage TellOfStatus(CredentialId credential, DateTimeOffset now) => new(NewId.Ordered(now), StatusChanged, credential.Value, now);

    public static OutboxMessage LookAtStacks(PersonId learner, OrganizationId organization, DateTimeOffset now) => new(NewId.Ordered(now), Stacks, LearnerPseudonymDocuments.IdOf(learner, organization), now);

    public static OutboxMessage PublishList(StatusListId list, DateTimeOffset now) => new(NewId.Ordered(now), StatusList, list.Value, now + Gathering);
}
