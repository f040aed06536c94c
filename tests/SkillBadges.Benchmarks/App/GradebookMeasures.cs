using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite;

namespace SkillBadges.Benchmarks.App;

/// <summary>How long a learner's record takes to read when the ledger holds few entries and when it holds many; the ratio should stay near 1.</summary>
public static class GradebookMeasures
{
    private const int PerLearner = 60;
    private const int Reads = 400;
    private const double Goal = 1.5;

    private static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly MasteryScale Scale = MasteryScale.Create(
        "four-level", 1, "Four levels", "Sample.", [new("beginning", 1, "Beginning", "Parts."), new("proficient", 2, "Proficient", "All.")], "proficient", ScoringPolicy.Latest);

    public static async Task RunAsync(int few, int many, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-").FullName;
        try
        {
            using var small = await FillAsync(Path.Combine(folder, "few"), few);
            using var large = await FillAsync(Path.Combine(folder, "many"), many);

            // In pairs, so that what else the machine does meets both.
            var ratios = new List<double>();
            var times = (Few: new List<double>(), Many: new List<double>());
            for (var pair = 0; pair < 7; pair++)
            {
                var a = await MedianAsync(small, few);
                var b = await MedianAsync(large, many);
                times.Few.Add(a);
                times.Many.Add(b);
                ratios.Add(b / a);
            }

            await output.WriteLineAsync($"{"gradebook of 60 entries, median of 400 reads",-48} {"microseconds",12}");
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  among {few,12:N0} entries {Middle(times.Few),32:F0}"));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  among {many,12:N0} entries {Middle(times.Many),32:F0}"));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  median of 7 ratios {Middle(ratios),36:F2}   goal under {Goal:F1}: {(Middle(ratios) < Goal ? "met" : "NOT met")}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<SqliteStore> FillAsync(string folder, int entries)
    {
        var store = SqliteStore.Open(folder, AllDocumentKinds.OfCore, TimeProvider.System, CancellationToken.None);
        var school = Organization.Found(OrganizationId.From("school"), "school-1", "School 1", OrganizationKind.HighSchool, null);
        await store.CommitAsync(new Changes().Add(OrganizationDocuments.Kind, school).Add(ScaleSnapshotDocuments.Kind, new(Scale.SnapshotHash, Scale)), CancellationToken.None);
        foreach (var learners in Enumerable.Range(0, entries / PerLearner).Chunk(50))
        {
            var changes = new Changes();
            foreach (var learner in learners)
            {
                AddChain(changes, school.Id, PersonId.From($"learner-{learner}"), learner);
            }

            await store.CommitAsync(changes, CancellationToken.None);
        }

        return store;
    }

    private static void AddChain(Changes changes, OrganizationId school, PersonId learner, int number)
    {
        MasteryEntry? last = null;
        for (var i = 0; i < PerLearner; i++)
        {
            last = MasteryEntry.Append(last, $"entry-{number}-{i}", school, learner, Facts(i, school), new("Pat Teacher", "Good work, and well explained.", null, ["Photo", "Log"]), "c2FsdHNhbHRzYWx0c2FsdA");
            changes.Add(LedgerDocuments.Kind, last);
        }
    }

    private static MasteryFacts Facts(int number, OrganizationId school) => new()
    {
        Effect = EntryEffect.Asserted,
        Competency = new($"http://localhost:5080/achievements/badge-{number / 5}/1#skill-{number % 5}", new($"badge-{number / 5}", 1), $"skill-{number % 5}", $"Skill {number % 5}", Sha256Digest.Of("statement"u8)),
        Scale = new(Scale.Id, 1, Scale.SnapshotHash),
        Level = new("proficient", 2, "Proficient", "Does all required steps alone, to the stated tolerance, on two occasions.", true, true),
        Attempt = 1,
        Evidence = ImmutableArray.Create(new EvidenceDigest(Sha256Digest.Of("photo"u8), "image/png", 120_000, EvidenceKind.File, LearningContext.Class)),
        Assessor = new(PersonId.From("teacher"), Role.Teacher, school, AssessorRelation.TeachesTheClass),
        Issuer = new(school, "did:web:localhost%3A5080:orgs:school-1"),
        SubmittedAt = Start,
        DecidedAt = Start.AddHours(number),
        RecordedAt = Start.AddHours(number),
        Provenance = new("decision", SubmissionId.From($"submission-{number / 5}"), $"decision-{number / 5}"),
    };

    private static async Task<double> MedianAsync(SqliteStore store, int entries)
    {
        var reading = new GradebookReading(store, new Authority(store, TimeProvider.System), new FamilyRights(store, TimeProvider.System), InstanceAddress.Parse("http://localhost:5080"), TimeProvider.System);
        var learners = entries / PerLearner;
        var times = new List<double>(Reads);
        for (var i = 0; i < Reads; i++)
        {
            var learner = PersonId.From($"learner-{(long)i * 7919 % learners}");
            var start = Stopwatch.GetTimestamp();
            var view = await reading.ForFamilyAsync(new Actor(learner), learner, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            if (view.Lines.Length != PerLearner)
            {
                throw new InvalidOperationException($"The record has {view.Lines.Length} lines, not {PerLearner}.");
            }
        }

        return Middle(times);
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
