using System.Text;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Reporting.Programs;
using SkillBadges.Core.Reporting.Yearly;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.OneRoster;

namespace SkillBadges.Core.Tests.Reporting;

/// <summary>The June file: tables taken over, credentials by the list in force on their day, the count of Perkins V 5S1.</summary>
public sealed class CredentialFileTests
{
    private const string List = "code,name,issuer,points,from,until,badges\r\nAWS-1,Certified Welder,A welding society,2.5,2026-07-01,2027-01-01,bench-work\r\nOSHA-10,Safety card,A safety office,,2026-07-01,,\r\n";

    [Theory]
    [InlineData("code,name,issuer,points,from,until,badges\r\nA,,I,,2026-07-01,,\r\n", "name", "cell.required")]
    [InlineData("code,name,issuer,points,from,until,badges\r\nA,N,I,two,2026-07-01,,\r\n", "points", "cell.number")]
    [InlineData("code,name,issuer,points,from,until,badges\r\nA,N,I,,2026-07-01,2026-07-01,\r\n", "until", "row.dates")]
    [InlineData("code,name,issuer,points,from,until,badges\r\nB,N,I,,2026-07-01,,\r\nB,N,I,,2026-07-01,,\r\n", "code", "row.twice")]
    public async Task A_list_with_a_fault_changes_nothing(string csv, string column, string code)
    {
        using var scene = await Scene.OpenAsync();

        var report = await scene.Imports.CredentialsAsync(scene.Office, scene.School.District, 2027, Stream(csv), CancellationToken.None);

        Assert.Equal((column, code), Assert.Single(report.Faults.Select(fault => (fault.Column, fault.Code))));
        Assert.Null(await scene.School.Store.FindAsync(RecognizedCredentialDocuments.Kind, "district/2027", CancellationToken.None));
    }

    [Theory]
    [InlineData("nobody,,OSHA-10,2026-10-01,80,true", "learner", "row.learner")]
    [InlineData(",7777,OSHA-10,2026-10-01,80,true", "state_number", "row.learner")]
    [InlineData(",1000-1,OSHA-10,2026-10-01,80,yes", "passed", "cell.flag")]
    [InlineData(",1000-1,OSHA-10,2026-13-01,80,true", "taken_on", "cell.date")]
    public async Task A_result_of_nobody_here_or_in_another_form_is_named_and_nothing_is_taken_over(string row, string column, string code)
    {
        using var scene = await Scene.OpenAsync();

        var report = await scene.ScoresAsync(",1000-2,OSHA-10,2026-10-01,80,true", row);

        Assert.Equal((3L, column, code), Assert.Single(report.Faults.Select(fault => (fault.Row, fault.Column, fault.Code))));
        Assert.Equal(0, await scene.School.Store.CountAsync(TestScoreDocuments.Kind, TestScoreDocuments.BySchool.Where(scene.School.West.Value), 10, CancellationToken.None));
    }

    [Fact]
    public async Task The_same_table_twice_changes_nothing_more_and_a_correction_takes_the_place_of_what_it_corrects()
    {
        using var scene = await Scene.OpenAsync();

        await scene.ScoresAsync(",1000-1,OSHA-10,2026-10-01,60,false");
        await scene.ScoresAsync(",1000-1,OSHA-10,2026-10-01,60,false");
        await scene.ScoresAsync(",1000-1,OSHA-10,2026-10-01,80,true");

        var kept = await scene.School.Store.QueryAsync(TestScoreDocuments.Kind, TestScoreDocuments.BySchool.Where(scene.School.West.Value), CancellationToken.None);
        Assert.Equal(("80", true), Assert.Single(kept.Documents.Select(score => (score.Score, score.Passed))));
    }

    [Theory]
    [InlineData("2026-12-31", true)]
    [InlineData("2027-01-01", false)]
    public async Task A_badge_counts_by_the_list_in_force_on_the_day_of_the_award(string awarded, bool recognized)
    {
        using var scene = await Scene.OpenAsync();
        await scene.Imports.CredentialsAsync(scene.Office, scene.School.District, 2027, Stream(List), CancellationToken.None);
        await scene.ProgramsAsync(",1000-1,cte-program,48.0508,concentrator,2025-09-01,,2027-06-05");
        await scene.AwardAsync("u-a", DateOnly.Parse(awarded, System.Globalization.CultureInfo.InvariantCulture));

        var file = await scene.MakeAsync();

        Assert.Equal([new("48.0508", 1, recognized ? 1 : 0), new("all", 1, recognized ? 1 : 0)], file.Document.Counts.AsEnumerable());
    }

    [Fact]
    public async Task The_count_has_concentrators_who_graduated_in_the_period_below_and_those_with_a_recognized_credential_above()
    {
        using var scene = await Scene.OpenAsync();
        await scene.Imports.CredentialsAsync(scene.Office, scene.School.District, 2027, Stream(List), CancellationToken.None);
        await scene.ProgramsAsync(
            ",1000-1,cte-program,48.0508,concentrator,2025-09-01,,2027-06-05", ",1000-1,cte-program,52.0302,completer,2025-09-01,,2027-06-05",
            ",1000-2,cte-program,48.0508,concentrator,2025-09-01,,2027-06-05", ",1000-2,cte-program,15.1301,participant,2025-09-01,,2027-06-05", ",1000-2,early-college,52.0302,concentrator,2025-09-01,,2027-06-05");
        await scene.ScoresAsync(",1000-1,OSHA-10,2026-10-01,80,true", ",1000-2,OSHA-10,2026-10-01,40,false", ",1000-2,OTHER,2026-10-01,99,true");

        var file = await scene.MakeAsync();

        Assert.Equal([new("48.0508", 2, 1), new("52.0302", 1, 1), new("all", 2, 1)], file.Document.Counts.AsEnumerable());
        Assert.Equal((6, 2, 0), (file.Document.Rows, file.Document.Learners, file.Document.Faults));
        var rows = await scene.RowsAsync(file);
        Assert.Equal(["true", "true"], rows.Where(row => row["student_number"] == "1000-1").Select(row => row["counts_5s1"]));
        Assert.Equal([("OSHA-10", "false", "true", "false"), ("OTHER", "true", "false", "false")],
            rows.Where(row => row["student_number"] == "1000-2" && row["program"] == "48.0508").Select(row => (row["credential_code"], row["passed"], row["recognized"], row["counts_5s1"])).Order());
    }

    [Fact]
    public async Task The_file_is_signed_without_faults_and_the_validator_finds_none()
    {
        using var scene = await Scene.OpenAsync();
        await scene.Imports.CredentialsAsync(scene.Office, scene.School.District, 2027, Stream(List), CancellationToken.None);
        await scene.ProgramsAsync(",1000-1,cte-program,48.0508,participant,2026-09-01,,", ",1000-2,cte-program,48.0508,concentrator,2026-09-01,,2027-06-05");
        await scene.AwardAsync("u-b", new(2026, 10, 1));

        var file = await scene.MakeAsync();
        var locked = await scene.Files.LockAsync(scene.Office, file.Id, file.Document.Digest!.Value, CancellationToken.None);

        Assert.Equal(StateFileState.Locked, locked.Document.State);
        Assert.Empty(StateFileCheck.Run(Stream(await scene.TextAsync(file)), StateLayout.Credentials, CancellationToken.None).Faults);
    }

    [Fact]
    public async Task Who_took_part_is_counted_by_program_and_status()
    {
        using var scene = await Scene.OpenAsync();
        await scene.ProgramsAsync(",1000-1,early-college,52.0302,participant,2026-09-01,2026-12-01,", ",1000-2,early-college,52.0302,participant,2027-01-10,,", ",1000-2,dual-enrollment,24.0101,participant,2026-09-01,,");
        var reading = new ProgramReading(scene.School.Store, scene.School.Authority, new(scene.School.Store, scene.School.Clock));

        var fall = await reading.CountsAsync(scene.Office, scene.School.District, new(2026, 9, 1), new(2027, 1, 1), CancellationToken.None);

        Assert.Equal([(ProgramKind.DualEnrollment, "24.0101", 1), (ProgramKind.EarlyCollege, "52.0302", 1)], fall.Select(one => (one.Kind, one.Program, one.Learners)));
    }

    [Fact]
    public async Task The_yearly_report_counts_places_and_shows_the_public_nothing_small()
    {
        using var scene = await Scene.OpenAsync();
        await scene.Imports.CredentialsAsync(scene.Office, scene.School.District, 2027, Stream(List), CancellationToken.None);
        await scene.ProgramsAsync(",1000-1,cte-program,48.0508,concentrator,2025-09-01,,2027-06-05", ",1000-1,cte-program,52.0302,participant,2026-09-01,,", ",1000-2,cte-program,48.0508,concentrator,2025-09-01,,2027-06-05");
        await scene.ScoresAsync(",1000-1,OSHA-10,2026-10-01,80,true");
        var reports = new YearlyReportWorkflow(new(scene.School.Store, scene.School.Clock), scene.School.Authority, scene.School.Clock);
        var made = await reports.MakeAsync(scene.Office, scene.School.District, 2027, null, CancellationToken.None);
        foreach (var year in new[] { 27, 1999, 2028, int.MaxValue })
        {
            Assert.Equal("yearly-report.year", (await Assert.ThrowsAsync<RefusedException>(() => reports.MakeAsync(scene.Office, scene.School.District, year, null, CancellationToken.None))).Code);
        }

        var whole = await reports.ReadAsync(scene.Office, made.Id, CancellationToken.None);
        Assert.Equal([("West District", "1 2 3"), ("West High", "1 2 3"), ("48.0508", "0 2 2"), ("52.0302", "1 0 1")], whole.Document.Tables[0].Rows.Select(row => (row.Name, string.Join(' ', row.Counts))));
        Assert.Equal([("West District", "1 1 2"), ("West High", "1 1 2"), ("48.0508", "1 1 2"), ("52.0302", "0 0 0")], whole.Document.Tables[1].Rows.Select(row => (row.Name, string.Join(' ', row.Counts))));
        Assert.Single((await reports.ReadingsAsync(scene.Office, made.Id, query => query, CancellationToken.None)).Items);
        await Assert.ThrowsAsync<RefusedException>(() => reports.PublicAsync(made.Id, CancellationToken.None));

        await reports.PublishAsync(scene.Office, made.Id, CancellationToken.None);
        Assert.All((await reports.PublicAsync(made.Id, CancellationToken.None)).ForThePublic().SelectMany(table => table.Rows).SelectMany(row => row.Counts), count => Assert.Null(count));

        var second = await reports.MakeAsync(scene.Office, scene.School.District, 2027, null, CancellationToken.None);
        await reports.PublishAsync(scene.Office, second.Id, CancellationToken.None);
        Assert.Equal("yearly-report.not-found", (await Assert.ThrowsAsync<RefusedException>(() => reports.PublicAsync(made.Id, CancellationToken.None))).Code);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private sealed class Scene : IDisposable
    {
        private readonly StateFileHandingOver handing;

        private Scene(RosterSchool school)
        {
            School = school;
            var keys = new KeyEncryptionKey(new byte[KeyEncryptionKey.KeyBytes]);
            Imports = new(school.Store, school.Authority, keys, school.Clock);
            Files = new(new(school.Store, school.Clock), school.Authority, new(school.Store, new(school.Store)), school.Clock);
            handing = new(school.Store, Files, keys, school.Partials, school.Clock);
            Keys = keys;
        }

        public RosterSchool School { get; }

        public ProgramImports Imports { get; }

        public StateFileWorkflow Files { get; }

        private KeyEncryptionKey Keys { get; }

        public Actor Office => School.Admin;

        public static async Task<Scene> OpenAsync()
        {
            var scene = new Scene(await RosterSchool.OpenAsync());
            await scene.School.TakeAsync(SamplePack.Bulk());
            var changes = new Changes();
            foreach (var (user, number) in new[] { ("u-a", "1000-1"), ("u-b", "1000-2") })
            {
                changes.Add(StateNumberDocuments.Kind, new((await scene.School.UserAsync(user)).Person, scene.School.West, StateNumber.DigestOf(number, scene.Keys), scene.Office.Person, scene.School.Clock.Now()));
            }

            await scene.School.Store.CommitAsync(changes, CancellationToken.None);
            return scene;
        }

        public Task<StateFileReport> ScoresAsync(params string[] rows) =>
            Imports.ScoresAsync(Office, School.District, Stream("learner,state_number,code,taken_on,score,passed\r\n" + string.Concat(rows.Select(row => row + "\r\n"))), CancellationToken.None);

        public async Task ProgramsAsync(params string[] rows) => Assert.Empty((await Imports.ProgramsAsync(
            Office, School.District, Stream("learner,state_number,kind,program,status,from,until,graduated_on\r\n" + string.Concat(rows.Select(row => row + "\r\n"))), CancellationToken.None)).Faults);

        public async Task AwardAsync(string user, DateOnly day)
        {
            var award = new Award(
                AwardId.From("award-1"), (await School.UserAsync(user)).Person, School.West, new("bench-work", 1), 1, CredentialId.From("credential-1"), SubmissionId.From("s"), "d", [], new(day, new(18, 0), TimeSpan.Zero)) { State = AwardState.Issued };
            await School.Store.CommitAsync(new Changes().Add(AwardDocuments.Kind, award), CancellationToken.None);
        }

        public Task<Read<StateFile>> MakeAsync() => Files.MakeAsync(
            Office, new(new(School.District, StateFileKind.Credentials, new(2026, 7, 1), new(2027, 7, 1)), new("State Agency", "Agreement 14", new(2029, 7, 1)), null, null, null), null, CancellationToken.None);

        public async Task<string> TextAsync(Read<StateFile> file)
        {
            await using var written = await handing.WriteAsync(Office, file.Id, ["1000-1", "1000-2"], CancellationToken.None);
            using var reader = new StreamReader(written.Content);
            return await reader.ReadToEndAsync();
        }

        public async Task<IReadOnlyList<Dictionary<string, string>>> RowsAsync(Read<StateFile> file)
        {
            var rows = new List<Dictionary<string, string>>();
            StateFileCheck.Run(Stream(await TextAsync(file)), StateLayout.Credentials, (_, cells) => rows.Add(StateLayout.Credentials.Zip(cells).ToDictionary(pair => pair.First.Header, pair => pair.Second, StringComparer.Ordinal)), CancellationToken.None);
            return rows;
        }

        public void Dispose() => School.Dispose();
    }
}
