using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Placing;

namespace SkillBadges.App.Sharing;

/// <param name="Reference">Number or place of the agreement or order.</param>
/// <param name="DestroyBy">For audits and studies.</param>
internal sealed record TransferPaperBody(string Reference, DateOnly? DestroyBy = null);

/// <param name="Receiver">Your school; left out by the school that keeps the record, which enters what a school elsewhere asked for.</param>
/// <param name="ReceiverName">The name of the school elsewhere.</param>
/// <param name="Student">Your student, where you have entered them already.</param>
/// <param name="About">Which student is meant, in words that their registrar can find them by.</param>
internal sealed record NewTransferRequest(
    string RecordKeeper, DisclosureBasis Ground, string About, string? Receiver = null, string? ReceiverName = null, string? Student = null, TransferPaperBody? Paper = null)
{
    public TransferAsked ToAsked() => new(
        OrganizationId.From(RecordKeeper), Receiver is null ? null : OrganizationId.From(Receiver), ReceiverName, Student is null ? null : PersonId.From(Student), Ground, About,
        Paper is null ? null : new(Paper.Reference, Paper.DestroyBy));
}

/// <param name="WithEvidence">Whether the files of proof go along; else their digests alone.</param>
internal sealed record ReleaseRequest(string Learner, bool WithEvidence);

internal sealed record RefuseTransferRequest(string Reason);

/// <param name="ManifestDigest">SHA-256 of the pack's manifest, as the other school's report says.</param>
internal sealed record ReceiptRequest(string ManifestDigest, int Entries);

internal sealed record TransferReleaseView(string By, DateTimeOffset At, DisclosureBasis Ground, string? Consent, bool WithEvidence, string ManifestDigest, int Entries, int Credentials, DateTimeOffset PackUntil);

internal sealed record TransferRefusalView(string By, DateTimeOffset At, string Reason);

internal sealed record TransferReceiptView(string By, DateTimeOffset At, string ManifestDigest, int Entries);

internal sealed record TransferView(
    string Id, TransferState State, string RecordKeeper, string? Receiver, string ReceiverName, string AskedBy, DateTimeOffset AskedAt, DisclosureBasis Ground, string About, TransferPaperBody? Paper,
    string? Student, string? Learner, TransferReleaseView? Release, TransferRefusalView? Refusal, TransferReceiptView? Receipt)
{
    public static TransferView Of(Transfer transfer) => new(
        transfer.Id.Value, transfer.State, transfer.RecordKeeper.Value, transfer.Receiver.Organization?.Value, transfer.Receiver.Name, transfer.AskedBy.Value, transfer.AskedAt, transfer.Ground, transfer.About,
        transfer.Paper is { } paper ? new(paper.Reference, paper.DestroyBy) : null, transfer.Student?.Value, transfer.Learner?.Value,
        transfer.Release is { } release
            ? new(release.By.Value, release.At, release.Ground, release.Consent?.Value, release.WithEvidence, release.ManifestDigest.Hex, release.Entries, release.Credentials, release.PackUntil)
            : null,
        transfer.Refusal is { } refusal ? new(refusal.By.Value, refusal.At, refusal.Reason) : null,
        transfer.Receipt is { } receipt ? new(receipt.By.Value, receipt.At, receipt.ManifestDigest.Hex, receipt.Entries) : null);
}

/// <param name="File">Inside the pack.</param>
internal sealed record PackFaultView(string File, string Code, string Message);

/// <param name="TakenIn">False with any fault: then nothing was.</param>
/// <param name="IssuerConfirmed">Whether the other school's keys were found elsewhere than in the pack; without a network they are not.</param>
/// <param name="New">Entries that were not here before.</param>
internal sealed record PackReportView(bool TakenIn, IReadOnlyList<PackFaultView> Faults, string? From, string? FromDid, string? Learner, string? Transfer, string? ManifestDigest, bool IssuerConfirmed, int Entries, int New)
{
    public static PackReportView Of(PackReport report) => new(
        report.IsTakenIn, [.. report.Faults.Select(fault => new PackFaultView(fault.File, fault.Code, fault.Message))], report.Manifest?.From.Name, report.Manifest?.From.Did, report.Manifest?.Learner.Name,
        report.Manifest?.Transfer, report.ManifestDigest?.Hex, report.IsIssuerConfirmed, report.Entries, report.New);
}

internal sealed record CarriedProofView(string Sha256, string MediaType, long Bytes, bool IsHere);

internal sealed record PlacingView(PlacingOutcome Outcome, string? Note, string By, DateTimeOffset At)
{
    public static PlacingView Of(CoursePlacement decided) => new(decided.Outcome, decided.Note, decided.DecidedBy.Value, decided.DecidedAt);
}

/// <param name="Id">To decide about it.</param>
/// <param name="Level">In the other school's own scale; nothing is converted.</param>
/// <param name="Match">A suggestion; with <paramref name="Badge"/>, a badge here.</param>
/// <param name="SameScale">Else there is no agreed equivalence to be read off here.</param>
/// <param name="History">What was decided here, latest first.</param>
internal sealed record CarriedSkillView(
    string Id, string School, bool IssuerConfirmed, string Uri, string Skill, string Words, string Scale, string Level, string Descriptor, DateTimeOffset DecidedAt, IReadOnlyList<CarriedProofView> Evidence,
    IReadOnlyList<string> Statements, PlacingMatch Match, string? Badge, bool SameScale, IReadOnlyList<PlacingView> History)
{
    public static CarriedSkillView Of(CarriedSkill skill) => new(
        skill.Entry, skill.School, skill.IsIssuerConfirmed, skill.Competency.Uri, skill.Competency.Name, skill.Words, skill.Scale, skill.Level.Label, skill.Level.Descriptor, skill.DecidedAt,
        [.. skill.Evidence.Select(item => new CarriedProofView(item.Sha256.Hex, item.MediaType, item.Bytes, item.IsHere))], skill.Statements, skill.Match, skill.Badge, skill.IsSameScale,
        skill.Decision is { Document: var decided } ? [PlacingView.Of(decided), .. decided.Earlier.Select(PlacingView.Of)] : []);
}

/// <param name="Skills">By the skill's address.</param>
internal sealed record PlacementReportView(string School, string Student, IReadOnlyList<CarriedSkillView> Skills);

internal sealed record PlaceRequest(string School, string Student, string Entry, PlacingOutcome Outcome, string? Note = null);
