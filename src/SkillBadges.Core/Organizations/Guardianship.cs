namespace SkillBadges.Core.Organizations;

/// <summary>How the record-keeper knows that someone is a learner's guardian.</summary>
public enum GuardianshipProof
{
    SchoolRecord,
    CourtOrder,
    SignedForm,
}

/// <summary>
/// A guardian may see and consent for a learner's record at one record-keeper. Rights in records pass to the learner per
/// record-keeper (34 CFR 99.3, 99.5), so this is not a property of the person.
/// </summary>
public sealed record Guardianship(GuardianshipId Id, PersonId Guardian, PersonId Learner, OrganizationId RecordKeeper, GuardianshipProof Proof, DateTimeOffset From)
{
    public DateTimeOffset? To { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && (To is null || instant < To);

    /// <exception cref="RefusedException"><c>guardianship.own</c>.</exception>
    public static Guardianship Record(GuardianshipId id, PersonId guardian, PersonId learner, OrganizationId recordKeeper, GuardianshipProof proof, DateTimeOffset from) =>
        guardian != learner
            ? new(id, guardian, learner, recordKeeper, proof, from)
            : throw Refused.Invalid("guardianship.own", "Nobody is their own guardian.");

    /// <exception cref="RefusedException"><c>guardianship.ended</c>.</exception>
    public Guardianship End(DateTimeOffset at) => To is null || at < To
        ? this with { To = at }
        : throw Refused.Conflict("guardianship.ended", "This guardianship has ended already.");
}
