using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers;

public enum TransferState
{
    /// <summary>Another school asked; the registrar of the school that keeps the record has not answered.</summary>
    Asked,

    /// <summary>The pack may be fetched until it runs out.</summary>
    Released,

    Refused,

    /// <summary>The receiving school took it in and said so.</summary>
    Received,
}

/// <param name="Organization">Null for a school that is not of this instance.</param>
public sealed record TransferReceiver(OrganizationId? Organization, string Name);

/// <summary>What some grounds need in writing (34 CFR 99.31(a)(3), (6), (9), 99.35).</summary>
/// <param name="Reference">Number or place of the agreement or order.</param>
/// <param name="DestroyBy">Until when the receiver destroys what it got; for audits and studies.</param>
public sealed record TransferPaper(string Reference, DateOnly? DestroyBy);

/// <param name="Ground">The ground on which the registrar let it go.</param>
/// <param name="Consent">Where the ground is a consent.</param>
/// <param name="ManifestDigest">Of the manifest, which names every file by its digest.</param>
public sealed record TransferRelease(
    PersonId By, DateTimeOffset At, DisclosureBasis Ground, ConsentId? Consent, bool WithEvidence, Sha256Digest ManifestDigest, int Entries, int Credentials, DateTimeOffset PackUntil);

public sealed record TransferRefusal(PersonId By, DateTimeOffset At, string Reason);

/// <param name="By">Who took the pack in, or entered the receipt of a school elsewhere.</param>
public sealed record TransferReceipt(PersonId By, DateTimeOffset At, Sha256Digest ManifestDigest, int Entries);

/// <summary>
/// One record on its way from the school that keeps it to another: asked for, let go on a named ground by a registrar, fetched, received. Every step
/// stays, on both sides (R18).
/// </summary>
/// <param name="About">How the asking school describes the student, for the registrar to find them; 1 to 500 characters.</param>
public sealed record Transfer(TransferId Id, OrganizationId RecordKeeper, TransferReceiver Receiver, PersonId AskedBy, DateTimeOffset AskedAt, DisclosureBasis Ground, string About)
{
    public const int MaxAboutLength = 500;
    public const int MaxReasonLength = 500;

    public static readonly TimeSpan PackLifetime = TimeSpan.FromDays(30);

    public TransferPaper? Paper { get; init; }

    /// <summary>The student at the asking school, where it has entered them already.</summary>
    public PersonId? Student { get; init; }

    /// <summary>The student at the record-keeper; known from the release on.</summary>
    public PersonId? Learner { get; init; }

    public TransferState State { get; init; }

    public TransferRelease? Release { get; init; }

    public TransferRefusal? Refusal { get; init; }

    public TransferReceipt? Receipt { get; init; }

    /// <exception cref="RefusedException"><c>transfer.about</c>, <c>transfer.ground</c>, <c>transfer.paper</c>.</exception>
    public Transfer Checked(DateOnly today)
    {
        if (Ground == DisclosureBasis.LearnersOwn || !Enum.IsDefined(Ground))
        {
            throw Refused.Invalid("transfer.ground", "A record goes to another school because the student enrolls there, by consent, for financial aid, under a written agreement or by a court's order.");
        }

        var needsEnd = Ground is DisclosureBasis.AuditOrEvaluation or DisclosureBasis.Study;
        if ((needsEnd || Ground == DisclosureBasis.CourtOrder) && (Paper is null || (needsEnd && (Paper.DestroyBy is not { } day || day <= today))))
        {
            throw Refused.Invalid("transfer.paper", "An audit or a study needs the number of its written agreement and a later day by which the copy is destroyed; a court's order needs its number.");
        }

        return this with
        {
            About = DisplayText.Optional(About, MaxAboutLength, "transfer.about") ?? throw Refused.Invalid("transfer.about", "Please say which student is meant."),
            Paper = Paper is null ? null : Paper with { Reference = DisplayText.Require(Paper.Reference, 200, "transfer.paper") },
        };
    }

    /// <exception cref="RefusedException"><c>transfer.answered</c>.</exception>
    public Transfer LetGo(PersonId learner, TransferRelease release) => RequireAsked() with { State = TransferState.Released, Learner = learner, Release = release };

    /// <exception cref="RefusedException"><c>transfer.answered</c>, <c>transfer.reason</c>.</exception>
    public Transfer Refuse(PersonId by, DateTimeOffset at, string reason) =>
        RequireAsked() with { State = TransferState.Refused, Refusal = new(by, at, DisplayText.Require(reason, MaxReasonLength, "transfer.reason")) };

    /// <summary>Receiving the same pack again is harmless: the first receipt stays.</summary>
    /// <exception cref="RefusedException"><c>transfer.not-released</c>, <c>transfer.other-pack</c>.</exception>
    public Transfer Receive(TransferReceipt receipt)
    {
        if (State is not (TransferState.Released or TransferState.Received))
        {
            throw Refused.Conflict("transfer.not-released", "This record was not let go, so it cannot have been received.");
        }

        if (Release!.ManifestDigest != receipt.ManifestDigest)
        {
            throw Refused.Conflict("transfer.other-pack", "The pack that was taken in is not the one of this transfer.");
        }

        return State == TransferState.Received ? this : this with { State = TransferState.Received, Receipt = receipt };
    }

    private Transfer RequireAsked() => State == TransferState.Asked ? this : throw Refused.Conflict("transfer.answered", "This request was answered already.");
}

public static class TransferDocuments
{
    public static readonly AccessPath<Transfer> ByRecordKeeper = new AccessPath<Transfer>("record_keeper").Equal("record_keeper", t => t.RecordKeeper.Value).OrderBy("asked", t => t.AskedAt);

    public static readonly AccessPath<Transfer> ByReceiver = new AccessPath<Transfer>("receiver").Equal("receiver", t => t.Receiver.Organization?.Value).OrderBy("asked", t => t.AskedAt);

    public static readonly AccessPath<Transfer> ByLearner = new AccessPath<Transfer>("learner").Equal("learner", t => t.Learner?.Value).OrderBy("asked", t => t.AskedAt);

    public static readonly DocumentKind<Transfer> Kind = new("transfer", t => t.Id.Value) { Paths = [ByRecordKeeper, ByReceiver, ByLearner] };
}
