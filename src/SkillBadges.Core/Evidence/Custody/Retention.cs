using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>What a file of proof counts as when it is asked how long it is kept.</summary>
public enum RetentionClass
{
    /// <summary>Pictures, sound and film: they may show a child or hold its voice (16 CFR 312.2, 312.10, amended 2025).</summary>
    Media,

    /// <summary>All other files.</summary>
    Files,
}

/// <summary>How long files of proof are kept: so many days after the last word on the work, by class. Texts, links and certificates are part of the record and stay.</summary>
public static class Retention
{
    public static RetentionClass ClassOf(EvidenceItem item) =>
        item.MediaType.StartsWith("image/", StringComparison.Ordinal) || item.MediaType.StartsWith("audio/", StringComparison.Ordinal) || item.MediaType.StartsWith("video/", StringComparison.Ordinal)
            ? RetentionClass.Media
            : RetentionClass.Files;

    /// <summary>The files of a piece of work whose content is still there.</summary>
    public static IEnumerable<EvidenceItem> FilesOf(Submission work) =>
        work.AllItems.Where(item => item.Kind == EvidenceKind.File && work.ErasureOf(item.Id) is null).DistinctBy(item => item.Id);

    /// <summary>From when the days count: the last word on the work, the learner's or an assessor's; null while it waits for one.</summary>
    public static DateTimeOffset? RestsSince(Submission work) => work.State switch
    {
        SubmissionState.Submitted => null,
        SubmissionState.Draft => work.UpdatedAt,
        _ => work.Attempts.SelectMany(attempt => attempt.Everything).Select(said => said.DecidedAt).Append(work.TakenBackAt ?? work.StartedAt).Max(),
    };

    /// <summary>The day from which a class of the work's files may be erased, in UTC; null while the work waits for a decision or holds none.</summary>
    public static DateTimeOffset? EndOf(Submission work, RetentionClass kept, int days) =>
        FilesOf(work).Any(item => ClassOf(item) == kept) && RestsSince(work) is { } since ? since.AddDays(days) : null;
}
