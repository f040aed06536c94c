using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Definitions;

namespace SkillBadges.Core.Tests.OneRoster;

public sealed class RosterExportTests
{
    private const string Item = "4a0b2f1e-6c1d-4f5a-9d43-0b2f6a1c9e77";

    private static readonly BadgeDefinition Badge = Badges.Bench().Publish(1) is var badge
        ? badge with { Competencies = [badge.Competencies[0] with { Alignments = [new("Filing", $"https://case.example/ims/case/v1p0/CFItems/{Item}", "Shop skills", "F.1", "CFItem")] }, .. badge.Competencies[1..]] }
        : null!;

    [Fact]
    public async Task An_export_has_no_faults_and_what_it_brings_in_elsewhere_is_exported_equal()
    {
        using var school = await WithResultsAsync();
        var exported = await ExportAsync(school);

        using var elsewhere = await RosterSchool.OpenAsync();
        Assert.Equal(ImportState.Applied, (await elsewhere.TakeAsync(exported)).State);
        var again = await ExportAsync(elsewhere);

        string[] rosters = ["orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments"];
        Assert.All(rosters, file => Assert.Equal(exported.Files[file], again.Files[file]));
        Assert.Equal(["categories", "lineItemLearningObjectiveIds", "lineItemScoreScales", "lineItems", "manifest", "resultLearningObjectiveIds", "resultScoreScales", "results", "scoreScales"], exported.Files.Keys.Except(rosters).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_a_roster_brought_is_exported_as_it_came_but_for_what_is_not_kept()
    {
        using var school = await RosterSchool.OpenAsync();
        var pack = SamplePack.Bulk();
        await school.TakeAsync(pack);

        var exported = await ExportAsync(school);

        Assert.All(["orgs", "academicSessions", "courses", "classes", "roles", "enrollments"], (string file) => Assert.Equal(Lines(pack, file), Lines(exported, file)));
        Assert.Equal(Lines(pack, "users").Select(line => line.Replace(",secret,", ",,", StringComparison.Ordinal)), Lines(exported, "users"));
    }

    [Fact]
    public async Task A_level_is_a_score_with_its_label_and_not_yet_is_never_a_zero()
    {
        using var school = await WithResultsAsync();

        var exported = await ExportAsync(school);

        var results = Rows(exported, RosterFiles.Results);
        Assert.Equal(5, results.Count);
        var earned = Assert.Single(results, row => row["studentSourcedId"] == "u-a" && row["scoreStatus"] == "fully graded");
        Assert.Equal(("3", "Proficient", "k1", "false", "false"), (earned["score"], earned["textScore"], earned["classSourcedId"], earned["incomplete"], earned["inProgress"]));
        var notYet = Assert.Single(results, row => row["studentSourcedId"] == "u-b");
        Assert.Equal(("partially graded", "1", "true"), (notYet["scoreStatus"], notYet["score"], notYet["incomplete"]));
        Assert.DoesNotContain(results, row => row["score"] == "0");
        var waiting = results.Where(row => row["scoreStatus"] == "submitted").ToList();
        Assert.Equal(3, waiting.Count);
        Assert.All(waiting, row => Assert.Equal(("u-a", "", "true"), (row["studentSourcedId"], row["score"], row["inProgress"])));
    }

    [Fact]
    public async Task What_was_recognized_is_exempt_and_says_from_where_and_what_fell_is_not()
    {
        using var school = await WithResultsAsync();
        var (cleo, teacher) = (await school.UserAsync("u-b"), await school.UserAsync("u-t1"));
        var before = (await school.Store.GetAsync(LedgerDocuments.Kind, "entry-u-b", "entry", CancellationToken.None)).Document;
        var recognized = Entry(school, cleo, teacher, "proficient", isSufficient: true).Facts with { Recognized = new("Award", "did:web:far.example", "source-key", "award-1", "their-entry-1", "SameAchievement", null, null, ["owner"]) };
        var added = MasteryEntry.Append(before, "entry-recognized", school.West, cleo.Person, recognized, new(null, null, "West accepts Far High.", []), "c2FsdHNhbHRzYWx0c2FsdA");
        await school.Store.CommitAsync(new Changes().Add(LedgerDocuments.Kind, added), CancellationToken.None);

        var row = Assert.Single(Rows(await ExportAsync(school), RosterFiles.Results), row => row["studentSourcedId"] == "u-b");
        Assert.Equal(("exempt", "3", "Carried over from entry their-entry-1"), (row["scoreStatus"], row["score"], row["comment"]));

        var fallen = MasteryEntry.Append(added, "entry-fallen", school.West, cleo.Person, recognized with { Effect = EntryEffect.Retracted, Corrects = added.Id }, new(null, null, "The source was taken back.", []), "c2FsdHNhbHRzYWx0c2FsdA");
        await school.Store.CommitAsync(new Changes().Add(LedgerDocuments.Kind, fallen), CancellationToken.None);

        row = Assert.Single(Rows(await ExportAsync(school), RosterFiles.Results), row => row["studentSourcedId"] == "u-b");
        Assert.Equal(("partially graded", ""), (row["scoreStatus"], row["comment"]));
    }

    [Fact]
    public async Task A_competency_is_a_line_item_and_its_aligned_item_a_learning_objective()
    {
        using var school = await WithResultsAsync();

        var exported = await ExportAsync(school);

        var item = Rows(exported, RosterFiles.LineItems).Single(row => row["title"] == "Bench Work: filing");
        Assert.Equal(("competency", "k1", "s1", "t1", "1", "4"), (item["categorySourcedId"], item["classSourcedId"], item["schoolSourcedId"], item["academicSessionSourcedId"], item["resultValueMin"], item["resultValueMax"]));
        Assert.Equal("Competency", Assert.Single(Rows(exported, RosterFiles.Categories))["title"]);
        var objective = Assert.Single(Rows(exported, RosterFiles.LineItemLearningObjectiveIds));
        Assert.Equal((item["sourcedId"], "case", Item), (objective["lineItemSourcedId"], objective["source"], objective["learningObjectiveId"]));
        Assert.Equal(["1", "3"], Rows(exported, RosterFiles.ResultLearningObjectiveIds).Select(row => row["score"]).Order(StringComparer.Ordinal));
        Assert.Contains("{Proficient:3}", Assert.Single(Rows(exported, RosterFiles.ScoreScales))["scoreScaleValue"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_student_with_a_result_has_a_row_of_who_saw_it()
    {
        using var school = await WithResultsAsync();

        await ExportAsync(school);

        var row = (await school.Store.FirstAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where((await school.UserAsync("u-b")).Person.Value), CancellationToken.None))!.Document;
        Assert.Equal((school.West, school.Admin.Person, DisclosureDoor.Export, 1), (row.RecordKeeper, row.Reader, row.Door, row.Entries));
    }

    [Fact]
    public async Task A_title_that_a_spreadsheet_would_calculate_is_guarded_and_comes_in_as_it_was()
    {
        using var school = await RosterSchool.OpenAsync();
        await school.TakeAsync(SamplePack.Bulk().Replace("classes", "Welding 1 A", "-1 Welding"));

        var exported = await ExportAsync(school);
        using var elsewhere = await RosterSchool.OpenAsync();
        await elsewhere.TakeAsync(exported);

        Assert.Contains("'-1 Welding", exported.Files["classes"], StringComparison.Ordinal);
        Assert.Equal("-1 Welding", (await elsewhere.ClassAsync("k1")).Title);
    }

    private static async Task<RosterSchool> WithResultsAsync()
    {
        var school = await RosterSchool.OpenAsync();
        await school.TakeAsync(SamplePack.Bulk());
        var (ana, ben, teacher) = (await school.UserAsync("u-a"), await school.UserAsync("u-b"), await school.UserAsync("u-t1"));
        var now = school.Clock.Now();
        await school.Store.CommitAsync(
            new Changes()
                .Add(DefinitionDocuments.Versions, Badge)
                .Add(ScaleSnapshotDocuments.Kind, new(Badge.Scale.SnapshotHash, Badge.Scale))
                .Add(LedgerDocuments.Kind, Entry(school, ana, teacher, "proficient", isSufficient: true))
                .Add(LedgerDocuments.Kind, Entry(school, ben, teacher, Badge.Scale.Levels[0].Code, isSufficient: false))
                .Add(ReviewTaskDocuments.Kind, new(SubmissionId.From("waits"), ana.Person, school.West, Badge.Id, 1, now)),
            CancellationToken.None);
        return school;
    }

    private static MasteryEntry Entry(RosterSchool school, RosterUser student, RosterUser teacher, string level, bool isSufficient)
    {
        var (filing, at, chosen) = (Badge.Competencies[0], school.Clock.Now(), Badge.Scale.Level(level));
        var facts = new MasteryFacts
        {
            Effect = EntryEffect.Asserted,
            Competency = new($"http://localhost:5080/achievements/bench-work/1#{filing.Id}", Badge.Id, filing.Id, filing.Name, Sha256Digest.Of("statement"u8)),
            Scale = new(Badge.Scale.Id, Badge.Scale.Version, Badge.Scale.SnapshotHash),
            Level = new(chosen.Code, chosen.Ordinal, chosen.Label, chosen.Descriptor, isSufficient, isSufficient),
            Attempt = 1,
            Evidence = ImmutableArray<EvidenceDigest>.Empty,
            Assessor = new(teacher.Person, Role.Teacher, school.West, AssessorRelation.TeachesTheClass),
            Issuer = new(school.West, "did:web:localhost%3A5080:orgs:west"),
            SubmittedAt = at,
            DecidedAt = at,
            RecordedAt = at,
            Provenance = new("decision", SubmissionId.From($"s-{student.SourcedId}"), $"d-{student.SourcedId}"),
        };
        return MasteryEntry.Append(null, $"entry-{student.SourcedId}", school.West, student.Person, facts, new("Rita Moreno", "Good.", null, []), "c2FsdHNhbHRzYWx0c2FsdA");
    }

    private static async Task<SamplePack> ExportAsync(RosterSchool school)
    {
        await using var exported = await school.Export().WriteAsync(school.Admin, school.District, "sis", CancellationToken.None);
        return SamplePack.Of(exported.Content);
    }

    private static IEnumerable<string> Lines(SamplePack pack, string file) => pack.Files[file].Split("\r\n").Order(StringComparer.Ordinal);

    private static List<Dictionary<string, string>> Rows(SamplePack pack, RosterFile file)
    {
        using var opened = RosterPack.Open(pack.Zip(), new(), new())!;
        using var table = RosterTable.Open(opened, file, null)!;
        var rows = new List<Dictionary<string, string>>();
        while (table.Read())
        {
            rows.Add(file.Columns.ToDictionary(column => column.Name, column => table[column.Name], StringComparer.Ordinal));
        }

        return rows;
    }
}
