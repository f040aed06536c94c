using System.Collections.Immutable;
using System.Text;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Joins;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Reporting.Teachers;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Tests.Ledger;
using SkillBadges.Core.Tests.Mastery;
using SkillBadges.Core.Tests.OneRoster;

namespace SkillBadges.Core.Tests.Reporting;

/// <summary>What a district tells the state, from a roster and the ledger on a real store.</summary>
public sealed class StateFileTests
{
    private static readonly StateFileReceiver Agency = new("State Agency", "Agreement 2026-14", new(2029, 7, 1));

    [Fact]
    public async Task Each_result_has_educators_whose_shares_come_to_100()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk().Replace("enrollments", SamplePack.Enrollment("e1", "k1", "u-t1", "teacher", "true"), $"{SamplePack.Enrollment("e1", "k1", "u-t1", "teacher")}\r\n{SamplePack.Enrollment("e9", "k1", "u-t2", "teacher")}"));
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");
        await scene.RecordAsync("u-b", "beginning", "filing", "k1");
        await scene.SignAsync("k1", "u-t1", "u-t2");

        var file = await scene.MakeAsync();
        var rows = await scene.RowsAsync(file, ["1000-1", "1000-2"]);

        Assert.Equal((4, 2, 0), (file.Document.Rows, file.Document.Learners, file.Document.Faults));
        Assert.All(rows.GroupBy(row => row["record"]), record => Assert.Equal(100m, record.Sum(row => decimal.Parse(row["share"], System.Globalization.CultureInfo.InvariantCulture))));
        Assert.All(rows, row => Assert.Equal(("West High", "west", "WLD1", "W1A", "2027"), (row["school"], row["school_number"], row["course_code"], row["section"], row["school_year"])));
        Assert.Equal(["1000-1", "1000-1", "1000-2", "1000-2"], rows.Select(row => row["student_number"]).Order(StringComparer.Ordinal));
        Assert.Equal(["beginning", "beginning", "proficient", "proficient"], rows.Select(row => row["level"]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_was_decided_outside_of_a_class_belongs_to_the_teacher_who_judged_and_a_supervisor_alone_is_named_as_a_fault()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        await scene.RecordAsync("u-a", "proficient", "filing", section: null);
        await scene.RecordAsync("u-b", "proficient", "filing", section: null, Role.Supervisor);

        var file = await scene.MakeAsync();

        var faults = await scene.FaultsAsync(file);
        Assert.Equal(["educator.none"], faults.Where(fault => fault.Column == "educator_id").Select(fault => fault.Code));
        Assert.Equal("state-file.faulty", (await Assert.ThrowsAsync<RefusedException>(() => scene.LockAsync(file))).Code);
    }

    [Fact]
    public async Task The_office_enters_who_is_of_record_for_one_entry_and_it_is_signed()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        var entry = await scene.RecordAsync("u-b", "proficient", "filing", section: null, Role.Supervisor);
        var (rita, omar) = ((await scene.School.UserAsync("u-t1")).Person, (await scene.School.UserAsync("u-t2")).Person);
        var before = await scene.Teachers.ReadAsync(scene.Office, entry.Id, CancellationToken.None);
        Assert.Equal(["shares.gap"], before.Faults.Select(fault => fault.Code));
        var (day, line) = (before.Lines[0].From, before.Lines[0]);

        var after = await scene.Teachers.CorrectAsync(
            scene.Office, entry.Id, line.Learner, [line with { Parts = [new(rita, day, line.Until, 70), new(omar, day, line.Until, 30)] }], "They prepared the internship together.", before.Digest, null, CancellationToken.None);
        await scene.Teachers.SignAsync(new(rita), entry.Id, after.Digest, CancellationToken.None);
        Assert.Equal([omar], (await scene.Teachers.SignAsync(new(rita), entry.Id, after.Digest, CancellationToken.None)).Awaited);
        Assert.Equal(["educator.unsigned", "educator.unsigned"], (await scene.FaultsAsync(await scene.MakeAsync())).Select(fault => fault.Code));
        await scene.Teachers.SignAsync(new(omar), entry.Id, after.Digest, CancellationToken.None);

        var file = await scene.MakeAsync();
        Assert.Equal(["30", "70"], (await scene.RowsAsync(file, ["1000-2"])).Select(row => row["share"]).Order(StringComparer.Ordinal));
        Assert.Equal(0, file.Document.Faults);
    }

    [Fact]
    public async Task A_making_that_was_cut_short_is_named_as_failed_and_thrown_away()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        var made = await scene.MakeAsync();
        var cut = made.Document with { Id = "cut-short", State = StateFileState.Making, Digest = null, At = scene.School.Clock.Now() - StateFileWorkflow.LongestMaking - TimeSpan.FromMinutes(1) };
        var young = cut with { Id = "young", At = scene.School.Clock.Now() };
        await scene.School.Store.CommitAsync(new Changes().Add(StateFileDocuments.Kind, cut).Add(StateFileDocuments.Kind, young), default);

        Assert.Equal(1, await scene.Files.FailOldAsync(default));
        Assert.Equal(0, await scene.Files.FailOldAsync(default));
        var failed = await scene.School.Store.GetAsync(StateFileDocuments.Kind, cut.Id, "file", default);
        Assert.Equal(StateFileState.Failed, failed.Document.State);
        Assert.Equal("state-file.not-made", (await Assert.ThrowsAsync<RefusedException>(() => scene.Files.LockAsync(scene.Office, cut.Id, made.Document.Digest!.Value, default))).Code);
        Assert.Equal(StateFileState.Making, (await scene.School.Store.GetAsync(StateFileDocuments.Kind, young.Id, "file", default)).Document.State);
        await scene.Files.DiscardAsync(scene.Office, cut.Id, default);
        Assert.Null(await scene.School.Store.FindAsync(StateFileDocuments.Kind, cut.Id, default));
    }

    [Fact]
    public async Task Classes_wait_for_the_sign_off_of_each_teacher_of_record()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        var rita = (await scene.School.UserAsync("u-t1")).Person;
        var school = scene.School.West;
        Assert.Contains((await scene.Teachers.AwaitingAsync(scene.Office, school, query => query.Take(50), default)).Items, standing => standing.Awaited.Contains(rita));
        Assert.Contains((await scene.Teachers.AwaitingAsync(new(rita), school, query => query.Take(50), default)).Items, standing => standing.Record.Id == standing.Section!.Id);
        await scene.SignAsync("k1", "u-t1");
        Assert.DoesNotContain((await scene.Teachers.AwaitingAsync(new(rita), school, query => query.Take(50), default)).Items, standing => standing.Awaited.Contains(rita));
        Assert.Equal("role.missing", (await Assert.ThrowsAsync<RefusedException>(() => scene.Teachers.AwaitingAsync(new(PersonId.From("nobody")), school, query => query.Take(50), default))).Code);
    }

    [Fact]
    public async Task A_number_is_entered_as_the_file_is_given_out_and_is_nowhere_in_what_is_kept()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");
        await scene.SignAsync("k1", "u-t1");
        var file = await scene.MakeAsync();

        var missing = await Assert.ThrowsAsync<RefusedException>(() => scene.RowsAsync(file, ["9999-9"]));
        Assert.Equal("state-file.numbers-missing", missing.Code);
        Assert.Empty(await scene.DisclosuresAsync("u-a"));

        // Written in another way than it was entered.
        var rows = await scene.RowsAsync(file, ["9999-9", "10001"]);
        Assert.Equal("10001", Assert.Single(rows)["student_number"]);
        var pages = await scene.School.Store.QueryAsync(StateFileDocuments.Pages, StateFileDocuments.PagesByFile.Where(file.Id).Take(10), CancellationToken.None);
        Assert.DoesNotContain("1000", Encoding.UTF8.GetString(StateFileDocuments.Pages.Write(pages.Items[0].Document)).Replace(file.Id, "", StringComparison.Ordinal).Replace(pages.Items[0].Document.Rows[0].Learner.Value, "", StringComparison.Ordinal).Replace(pages.Items[0].Document.Rows[0].Cells[6], "", StringComparison.Ordinal), StringComparison.Ordinal);
        var row = Assert.Single(await scene.DisclosuresAsync("u-a"));
        Assert.Equal((DisclosureDoor.Export, DisclosureBasis.SchoolOfficial, 1, file.Id), (row.Door, row.Basis, row.Entries, row.Through));
    }

    [Fact]
    public async Task A_signed_file_stays_and_a_correction_is_another_that_names_it()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        await scene.RecordAsync("u-a", "developing", "filing", "k1");
        await scene.SignAsync("k1", "u-t1");
        var first = await scene.LockAsync(await scene.MakeAsync());
        var given = await scene.TextAsync(first, ["1000-1"]);
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");

        Assert.Equal(given, await scene.TextAsync(first, ["1000-1"]));
        Assert.Equal("state-file.locked", (await Assert.ThrowsAsync<RefusedException>(() => scene.Files.DiscardAsync(scene.Office, first.Id, CancellationToken.None))).Code);
        Assert.Equal("state-file.taken", (await Assert.ThrowsAsync<RefusedException>(async () => await scene.LockAsync(await scene.MakeAsync()))).Code);

        var second = await scene.LockAsync(await scene.MakeAsync(first.Id, "A level was entered late."));
        var (old, current) = ((await scene.Files.ReadAsync(scene.Office, first.Id, CancellationToken.None)).Document, second.Document);
        Assert.Equal((StateFileState.Replaced, second.Id, StateFileState.Locked, first.Id), (old.State, old.ReplacedBy, current.State, current.Replaces));
        Assert.NotEqual(old.Digest, current.Digest);
        Assert.Equal(given, await scene.TextAsync(first, ["1000-1"]));
        var disclosed = (await scene.DisclosuresAsync("u-a"))[^1];
        Assert.Equal((DisclosureBasis.AuditOrEvaluation, "State Agency"), (disclosed.Basis, disclosed.Recipient));
    }

    [Fact]
    public async Task The_digest_is_that_of_the_text_without_numbers_and_equal_rows_give_it_again()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");
        await scene.SignAsync("k1", "u-t1");

        var (one, other) = (await scene.MakeAsync(), await scene.MakeAsync());

        Assert.Equal(one.Document.Digest, other.Document.Digest);
        var text = await scene.TextAsync(one, ["1000-1"]);
        Assert.Equal(one.Document.Digest, Sha256Digest.Of(Encoding.UTF8.GetBytes(text.Replace("\"1000-1\"", "\"\"", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task What_is_given_out_has_no_faults_for_the_validator()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk().Replace("courses", "Welding 1", "-Welding"));
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");
        await scene.RecordAsync("u-b", "proficient", "drilling", "k1");
        await scene.SignAsync("k1", "u-t1");

        var file = await scene.MakeAsync();
        var text = await scene.TextAsync(file, ["1000-1", "1000-2"]);

        Assert.Empty(StateFileCheck.Run(new MemoryStream(Encoding.UTF8.GetBytes(text)), file.Document.Columns, CancellationToken.None).Faults);
    }

    [Fact]
    public async Task Codes_of_the_state_stand_for_ours_and_what_has_none_is_a_fault()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        await scene.RecordAsync("u-a", "proficient", "filing", "k1");
        await scene.RecordAsync("u-b", "advanced", "filing", "k1");
        await scene.SignAsync("k1", "u-t1");
        var codes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, [KeyValuePair.Create("proficient", "31")]);
        var layout = await new StateLayoutWorkflow(new(scene.School.Store, scene.School.Clock), scene.School.Authority, scene.School.Clock).AddAsync(
            scene.Office, new("", scene.School.District, "Ours", [new("ID", StateField.LearnerId), new("MARK", StateField.Level, Codes: codes), new("KIND", StateField.Text, "=SECT")]), null, CancellationToken.None);

        var file = await scene.MakeAsync(layout: layout.Id);

        Assert.Equal([("MARK", "cell.no-code")], (await scene.FaultsAsync(file)).Select(fault => (fault.Column, fault.Code)));
        Assert.Equal(["", "31"], (await scene.RowsAsync(file, [])).Select(row => row["MARK"]).Order(StringComparer.Ordinal));
        Assert.All(await scene.RowsAsync(file, []), row => Assert.Equal("'=SECT", row["KIND"]));
    }

    [Fact]
    public async Task Only_the_office_of_the_organization_makes_and_sees_files()
    {
        using var scene = await Scene.OpenAsync(SamplePack.Bulk());
        var file = await scene.MakeAsync();
        var teacher = new Actor((await scene.School.UserAsync("u-t1")).Person);

        Assert.Equal("role.missing", (await Assert.ThrowsAsync<RefusedException>(() => scene.Files.MakeAsync(teacher, scene.Asked(), null, CancellationToken.None))).Code);
        Assert.Equal("state-file.not-found", (await Assert.ThrowsAsync<RefusedException>(() => scene.Files.ReadAsync(scene.School.State, file.Id, CancellationToken.None))).Code);
        await scene.Files.DiscardAsync(scene.Office, file.Id, CancellationToken.None);
        Assert.Equal("state-file.not-found", (await Assert.ThrowsAsync<RefusedException>(() => scene.Files.ReadAsync(scene.Office, file.Id, CancellationToken.None))).Code);
    }

    private sealed class Scene : IDisposable
    {
        private readonly StateFileHandingOver handing;
        private readonly Dictionary<string, MasteryEntry> last = [];

        private Scene(RosterSchool school)
        {
            School = school;
            var commits = new Commits(school.Store, school.Clock);
            var reading = new TeachersReading(school.Store);
            Keys = new(new byte[KeyEncryptionKey.KeyBytes]);
            Teachers = new(commits, school.Authority, reading, school.Clock);
            Files = new(commits, school.Authority, new(school.Store, reading), school.Clock);
            handing = new(school.Store, Files, Keys, school.Partials, school.Clock);
        }

        public RosterSchool School { get; }

        public KeyEncryptionKey Keys { get; }

        public TeachersWorkflow Teachers { get; }

        public StateFileWorkflow Files { get; }

        public Actor Office => School.Admin;

        public static async Task<Scene> OpenAsync(SamplePack pack)
        {
            var scene = new Scene(await RosterSchool.OpenAsync());
            var school = scene.School;
            await school.TakeAsync(pack);
            var scale = Scales.FourLevel();
            var changes = new Changes().Add(ScaleSnapshotDocuments.Kind, new(scale.SnapshotHash, scale))
                .Add(MembershipDocuments.Kind, new(MembershipId.From("m-west"), school.Admin.Person, school.West, Role.Registrar, school.Clock.Now()));
            foreach (var (user, number) in new[] { ("u-a", "1000-1"), ("u-b", "1000-2") })
            {
                changes.Add(StateNumberDocuments.Kind, new((await school.UserAsync(user)).Person, school.West, StateNumber.DigestOf(number, scene.Keys), school.Admin.Person, school.Clock.Now()));
            }

            await school.Store.CommitAsync(changes, CancellationToken.None);
            return scene;
        }

        public async Task<MasteryEntry> RecordAsync(string user, string level, string skill, string? section, Role role = Role.Teacher)
        {
            var (learner, teacher, now) = ((await School.UserAsync(user)).Person, (await School.UserAsync("u-t1")).Person, School.Clock.Now());
            var facts = Entries.Facts(level, skill) with
            {
                Assessor = new(teacher, role, School.West, role == Role.Teacher ? AssessorRelation.TeachesTheClass : AssessorRelation.SupervisesThePlacement),
                Context = section is null ? null : new((await School.ClassAsync(section)).Section, null, null),
                SubmittedAt = now,
                DecidedAt = now,
                RecordedAt = now,
            };
            var entry = MasteryEntry.Append(last.GetValueOrDefault(user), NewId.Ordered(now), School.West, learner, facts, new("Rita Moreno", null, null, []), "c2FsdHNhbHRzYWx0c2FsdA");
            await School.Store.CommitAsync(new Changes().Add(LedgerDocuments.Kind, entry), CancellationToken.None);
            School.Clock.Advance(TimeSpan.FromHours(1));
            return last[user] = entry;
        }

        public async Task SignAsync(string section, params string[] teachers)
        {
            var id = (await School.ClassAsync(section)).Section.Value;
            foreach (var teacher in teachers)
            {
                var actor = new Actor((await School.UserAsync(teacher)).Person);
                await Teachers.SignAsync(actor, id, (await Teachers.ReadAsync(actor, id, CancellationToken.None)).Digest, CancellationToken.None);
            }
        }

        public NewStateFile Asked(string? replaces = null, string? reason = null, string? layout = null) =>
            new(new(School.District, StateFileKind.TeacherStudentLink, new(2026, 7, 1), new(2027, 7, 1)), Agency, layout, replaces, reason);

        public Task<Read<StateFile>> MakeAsync(string? replaces = null, string? reason = null, string? layout = null) => Files.MakeAsync(Office, Asked(replaces, reason, layout), null, CancellationToken.None);

        public Task<Read<StateFile>> LockAsync(Read<StateFile> file) => Files.LockAsync(Office, file.Id, file.Document.Digest!.Value, CancellationToken.None);

        public async Task<IReadOnlyList<StateFileFault>> FaultsAsync(Read<StateFile> file) => (await Files.FaultsAsync(Office, file.Id, null, CancellationToken.None)).Faults;

        public async Task<string> TextAsync(Read<StateFile> file, string[] numbers)
        {
            await using var written = await handing.WriteAsync(Office, file.Id, numbers, CancellationToken.None);
            using var reader = new StreamReader(written.Content);
            return await reader.ReadToEndAsync();
        }

        public async Task<IReadOnlyList<Dictionary<string, string>>> RowsAsync(Read<StateFile> file, string[] numbers)
        {
            var csv = new Core.OneRoster.Files.CsvFile(new MemoryStream(Encoding.UTF8.GetBytes(await TextAsync(file, numbers))));
            Assert.True(csv.Read());
            string[] header = [.. csv.Cells];
            var rows = new List<Dictionary<string, string>>();
            while (csv.Read())
            {
                rows.Add(header.Zip(csv.Cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
            }

            return rows;
        }

        public async Task<IReadOnlyList<Disclosure>> DisclosuresAsync(string user) =>
            [.. (await School.Store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where((await School.UserAsync(user)).Person.Value).Take(100), CancellationToken.None)).Documents];

        public void Dispose() => School.Dispose();
    }
}
