using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Teachers;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>The rows of a link file: for each result of a learner one row for each educator of record.</summary>
internal sealed class LinkRows(IDocumentStore store, TeachersReading teachers, StateFile file) : IStateRows
{
    private readonly EffectiveSettings settings = new(store);
    private readonly RosterNumbers rosters = new(store);
    private readonly LearnerCells cells = new(store, file);
    private readonly Dictionary<ClassSectionId, StandingTeachers?> classes = [];
    private readonly Dictionary<Sha256Digest, MasteryScale> scales = [];

    public ImmutableArray<CredentialCount> Counts => [];

    /// <summary>The learners of whom a school recorded something in the period, by id.</summary>
    public async Task<IReadOnlyList<PersonId>> LearnersAsync(Organization school, CancellationToken cancellationToken)
    {
        var found = new HashSet<PersonId>();
        var query = LedgerDocuments.ByRecordKeeper.Where(school.Id.Value).From(school.StartOf(file.Terms.From)).To(school.StartOf(file.Terms.Until));
        await foreach (var entry in store.AllAsync(LedgerDocuments.Kind, query, cancellationToken))
        {
            found.Add(entry.Document.Learner);
        }

        return [.. found.OrderBy(learner => learner.Value, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<StateRowDraft>> OfAsync(Organization school, PersonId learner, CancellationToken cancellationToken)
    {
        var chain = await ChainAsync(school, learner, cancellationToken);
        var scoring = await ScoringChoices.ReadAsync(settings, [school.Id], cancellationToken);
        var rows = new List<StateRowDraft>();
        var results = PeriodResults.Of(chain, scales, scoring, school.StartOf(file.Terms.From), school.StartOf(file.Terms.Until));
        var about = results.Count == 0 ? null : await cells.OfAsync(school, learner, cancellationToken);
        foreach (var entry in results)
        {
            var (of, isSigned) = await teachers.ForAsync(entry, classes, cancellationToken);
            var course = await CourseAsync(entry, cancellationToken);
            foreach (var part in of.Line.Parts.DefaultIfEmpty(null))
            {
                var row = about!.Begin(learner, school.Id, entry.Id).SetAll(course).SetAll(ResultOf(entry, school));
                rows.Add(row);
                await SetEducatorAsync(row, of, part, isSigned, cancellationToken);
            }
        }

        return rows;
    }

    private async Task SetEducatorAsync(StateRowDraft row, EntryTeachers of, TeacherPart? part, bool isSigned, CancellationToken cancellationToken)
    {
        row.Set(StateField.ShareBasis, JsonNameOf(of.Basis));
        if (part is null)
        {
            row.Fault(StateField.EducatorId, "educator.none", "Nobody is of record for this result; the office enters who is.");
            return;
        }

        row.Set(StateField.EducatorId, part.Teacher.Value).Set(StateField.Share, part.Share.ToString("0.##", CultureInfo.InvariantCulture))
            .Set(StateField.EducatorNumber, (await rosters.UserAsync(part.Teacher, cancellationToken))?.Identifier).Set(StateField.EducatorName, await rosters.NameAsync(part.Teacher, cancellationToken));
        if (of.Line.Faults() is [var fault, ..])
        {
            row.Fault(StateField.Share, fault.Code, "The shares of this result's educators do not come to 100, or one is counted twice.");
        }

        if (!isSigned)
        {
            row.Fault(StateField.EducatorId, "educator.unsigned", "Not every educator of record has signed this.");
        }
    }

    private async Task<Dictionary<StateField, string>> CourseAsync(MasteryEntry entry, CancellationToken cancellationToken)
    {
        if (entry.Facts.Context?.Section is not { } id)
        {
            return [];
        }

        var (section, roster, course) = await rosters.ClassAsync(id, cancellationToken);
        return new()
        {
            [StateField.ClassId] = id.Value,
            [StateField.ClassName] = section?.Name ?? "",
            [StateField.ClassCode] = roster?.ClassCode ?? roster?.SourcedId ?? "",
            [StateField.CourseCode] = course?.CourseCode ?? course?.SourcedId ?? "",
            [StateField.CourseTitle] = course?.Title ?? "",
            [StateField.SubjectCodes] = string.Join(' ', roster is { SubjectCodes.Length: > 0 } ? roster.SubjectCodes : course?.SubjectCodes ?? []),
        };
    }

    private static Dictionary<StateField, string> ResultOf(MasteryEntry entry, Organization school) => new()
    {
        [StateField.Record] = entry.Id,
        [StateField.Badge] = entry.Facts.Competency.Badge.Slug,
        [StateField.BadgeVersion] = entry.Facts.Competency.Badge.Version.ToString(CultureInfo.InvariantCulture),
        [StateField.CompetencyUri] = entry.Facts.Competency.Uri,
        [StateField.CompetencyName] = entry.Facts.Competency.Name,
        [StateField.Scale] = FormattableString.Invariant($"{entry.Facts.Scale.Id}@{entry.Facts.Scale.Version}"),
        [StateField.Level] = entry.Facts.Level.Code,
        [StateField.LevelOrdinal] = entry.Facts.Level.Ordinal.ToString(CultureInfo.InvariantCulture),
        [StateField.LevelLabel] = entry.Facts.Level.Label,
        [StateField.Proficient] = entry.Facts.Level.IsProficient ? "true" : "false",
        [StateField.Attempt] = entry.Facts.Attempt.ToString(CultureInfo.InvariantCulture),
        [StateField.DecidedOn] = school.DayOf(entry.Facts.DecidedAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static string JsonNameOf(TeachersBasis basis) => basis switch
    {
        TeachersBasis.ClassSection => "class-section",
        TeachersBasis.Assessors => "assessors",
        TeachersBasis.CorrectedClass => "corrected-class",
        _ => "corrected-entry",
    };

    private async Task<List<MasteryEntry>> ChainAsync(Organization school, PersonId learner, CancellationToken cancellationToken)
    {
        var chain = new List<MasteryEntry>();
        await foreach (var entry in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(school.Id, learner), cancellationToken))
        {
            chain.Add(entry.Document);
            var digest = entry.Document.Facts.Scale.Digest;
            if (!scales.ContainsKey(digest))
            {
                scales[digest] = (await store.GetAsync(ScaleSnapshotDocuments.Kind, digest.Hex, "scale", cancellationToken)).Document.Scale;
            }
        }

        return chain;
    }
}
