using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>What teachers are of record for.</summary>
public enum TeachingSubject
{
    /// <summary>A class: what its learners did in it.</summary>
    ClassSection,

    /// <summary>One entry of the ledger, wherever it was decided.</summary>
    Entry,
}

/// <summary>Why a learner's teachers are others than the roster says; kept.</summary>
public sealed record TeacherCorrection(PersonId Learner, string Reason, PersonId By, DateTimeOffset At);

/// <summary>That a teacher looked at the lines and they are right.</summary>
/// <param name="Lines">Digest of the lines that were signed: others than these are not.</param>
public sealed record RosterSignOff(PersonId Teacher, Sha256Digest Lines, DateTimeOffset At);

/// <summary>
/// Who answers to the state for what learners learned. Until somebody corrects it the roster says so, and goes on saying so as it changes; a learner whose teachers the office corrected
/// keeps what it entered. A teacher signs lines as they stand; when they change, the sign-off is of other lines and counts no more.
/// </summary>
/// <param name="Id">That of the class or of the entry.</param>
public sealed record TeachersOfRecord(string Id, TeachingSubject Subject, OrganizationId Organization, DateTimeOffset ChangedAt)
{
    public const int MaxCorrections = 2000;
    public const int MaxReasonLength = 500;

    /// <summary>The lines of learners whom the office corrected.</summary>
    public ImmutableArray<LearnerTeachers> Corrected { get; init; } = [];

    /// <summary>In the order in which they were made.</summary>
    public ImmutableArray<TeacherCorrection> Corrections { get; init; } = [];

    /// <summary>The last of each teacher.</summary>
    public ImmutableArray<RosterSignOff> SignOffs { get; init; } = [];

    /// <summary>The lines that hold: those of the roster, but for learners who were corrected; in the order of learners and days.</summary>
    /// <param name="adopted">What the roster says.</param>
    public ImmutableArray<LearnerTeachers> LinesOver(IEnumerable<LearnerTeachers> adopted)
    {
        var corrected = Corrected.Select(line => line.Learner).ToHashSet();
        return [.. adopted.Where(line => !corrected.Contains(line.Learner)).Concat(Corrected).OrderBy(line => line.Learner.Value, StringComparer.Ordinal).ThenBy(line => line.From)];
    }

    /// <summary>SHA-256 of the lines' JSON: what a teacher signs.</summary>
    public static Sha256Digest DigestOf(ImmutableArray<LearnerTeachers> lines) => Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(lines, DocumentJson.Options));

    /// <summary>The teachers with a part in the lines who have not signed them as they stand.</summary>
    public IReadOnlyList<PersonId> AwaitedOver(ImmutableArray<LearnerTeachers> lines)
    {
        var digest = DigestOf(lines);
        var signed = SignOffs.Where(one => one.Lines == digest).Select(one => one.Teacher).ToHashSet();
        return [.. lines.SelectMany(line => line.Parts).Select(part => part.Teacher).Distinct().Where(teacher => !signed.Contains(teacher))];
    }

    /// <summary>Enters a learner's teachers in place of what the roster says; no lines give the learner back to the roster.</summary>
    /// <exception cref="RefusedException"><c>teachers-of-record.reason</c>, <c>teachers-of-record.lines</c>, <c>teachers-of-record.shares</c>: the first fault by its name; <c>teachers-of-record.too-many</c>.</exception>
    public TeachersOfRecord Correct(PersonId learner, IReadOnlyCollection<LearnerTeachers> lines, string? reason, PersonId by, DateTimeOffset at)
    {
        var told = DisplayText.Require(reason, MaxReasonLength, "teachers-of-record.reason");
        LearnerTeachers[] ordered = [.. lines.OrderBy(line => line.From)];
        if (ordered.Length > LearnerTeachers.MaxParts || ordered.Any(line => line.Learner != learner || line.Parts.Length > LearnerTeachers.MaxParts)
            || ordered.Zip(ordered.Skip(1)).Any(pair => pair.First.Until is null || pair.First.Until > pair.Second.From))
        {
            throw Refused.Invalid("teachers-of-record.lines", $"A learner's times do not overlap; each has at most {LearnerTeachers.MaxParts} parts.");
        }

        if (ordered.SelectMany(line => line.Faults()).FirstOrDefault() is { } fault)
        {
            throw Refused.Invalid("teachers-of-record.shares", $"At each moment a learner's teachers come to 100 percent, each counted once. {fault}");
        }

        if (Corrections.Length == MaxCorrections)
        {
            throw Refused.Conflict("teachers-of-record.too-many", $"At most {MaxCorrections} corrections are kept for a class.");
        }

        return this with
        {
            Corrected = [.. Corrected.Where(line => line.Learner != learner), .. ordered],
            Corrections = Corrections.Add(new(learner, told, by, at)),
            ChangedAt = at,
        };
    }

    /// <summary>A teacher's word that the lines are right.</summary>
    /// <param name="lines">As they stand.</param>
    /// <param name="seen">Digest of those that the teacher saw.</param>
    /// <exception cref="RefusedException"><c>teachers-of-record.changed</c>, <c>teachers-of-record.faulty</c>.</exception>
    public TeachersOfRecord Sign(PersonId teacher, ImmutableArray<LearnerTeachers> lines, Sha256Digest seen, DateTimeOffset at)
    {
        if (DigestOf(lines) != seen)
        {
            throw Refused.Conflict("teachers-of-record.changed", "This changed since you read it; please look again before you sign.");
        }

        if (lines.SelectMany(line => line.Faults()).FirstOrDefault() is { } fault)
        {
            throw Refused.Conflict("teachers-of-record.faulty", $"The office has to correct it first. {fault}");
        }

        return this with { SignOffs = [.. SignOffs.Where(one => one.Teacher != teacher), new(teacher, seen, at)], ChangedAt = at };
    }
}

public static class TeachersOfRecordDocuments
{
    public static readonly DocumentKind<TeachersOfRecord> Kind = new("teachers_of_record", t => t.Id);
}
