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
}
