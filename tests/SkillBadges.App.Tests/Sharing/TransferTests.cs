using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.App.Sharing;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Sharing.Transfers.Packs;
using SkillBadges.Core.Sharing.Transfers.Placing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Sharing;

[Collection(DistrictCollection.Name)]
public sealed class TransferTests(TestDistrict district)
{
    [Fact]
    public async Task A_record_goes_from_school_to_school_on_a_named_ground_with_rows_receipt_and_word_to_the_family()
    {
        var (learner, guardian) = await LearnerAsync();
        var student = await district.LearnerAsync(district.East, district.EastTeacher);
        using var west = await district.AsAsync(district.WestRegistrar);
        using var east = await district.AsAsync(district.EastRegistrar);

        var asked = await (await east.PostAsync("/api/transfers", new
        {
            recordKeeper = district.West.Value, receiver = district.East.Value, student = student.Person.Value, ground = "enrollment", about = "Ada Lovelace, your grade 10",
        })).ReadAsync<TransferView>();
        using var early = await east.GetAsync(TransferScene.Pack(asked));
        var released = await TransferScene.ReleaseAsync(west, asked, learner.Person, withEvidence: true);
        using var again = await west.PostAsync($"/api/transfers/{asked.Id}/refusal", new { reason = "Too late." });
        var before = await RowsAsync(learner);
        var pack = await east.GetByteArrayAsync(TransferScene.Pack(asked));
        var report = await TransferScene.TakeInAsync(east, district.East, student.Person, pack);
        var read = await (await west.GetAsync(new Uri($"/api/transfers/{asked.Id}", UriKind.Relative))).ReadAsync<TransferView>();

        await Minors.RefusedAsync(early, "transfer.not-released");
        await Minors.RefusedAsync(again, "transfer.answered");
        Assert.True(report.TakenIn, string.Join(", ", report.Faults));
        Assert.True(report.IssuerConfirmed);
        Assert.Equal((released.Release!.Entries, released.Release.Entries), (report.Entries, report.New));
        Assert.Equal((TransferState.Received, released.Release.ManifestDigest, report.Entries), (read.State, read.Receipt!.ManifestDigest, read.Receipt.Entries));
        Assert.Empty(before);
        var row = Assert.Single(await RowsAsync(learner));
        Assert.Equal((DisclosureDoor.Transfer, DisclosureBasis.Enrollment, report.Entries, 1, asked.Id), (row.Door, row.Basis, row.Entries, row.Credentials, row.Through));
        foreach (var person in new[] { learner.Person, guardian })
        {
            var told = await district.Store.QueryAsync(NoticeDocuments.Kind, NoticeDocuments.ByPerson.Where(person.Value).Take(50), CancellationToken.None);
            Assert.Contains(told.Documents, notice => notice.Kind == NoticeKind.RecordSent && notice.About == asked.Id);
        }
    }

    [Fact]
    public async Task A_pack_taken_in_by_a_clean_instance_without_a_network_is_equal_field_by_field_and_again_changes_nothing()
    {
        var (learner, guardian) = await LearnerAsync();
        var own = await EntriesAsync(learner.Person);
        using var family = await district.AsAsync(guardian);
        await (await family.PostAsync($"/api/learners/{learner.Person}/statements", new { entry = own[0].Id, text = "The machine was broken." })).ReadAsync<StatementView>();
        var pack = await district.OutsidePackAsync(learner.Person, withEvidence: true);
        await using var app = await TestApp.StartAsync(settings => settings);
        var (school, student, registrar) = await TransferScene.CleanSchoolAsync(app);

        var first = await TransferScene.TakeInAsync(registrar, school, student, pack);
        var second = await TransferScene.TakeInAsync(registrar, school, student, pack);

        Assert.True(first.TakenIn, string.Join(", ", first.Faults));
        Assert.Equal((own.Count, own.Count, own.Count, 0), (first.Entries, first.New, second.Entries, second.New));
        Assert.False(first.IssuerConfirmed);
        var carried = (await app.Store.QueryAsync(CarriedEntryDocuments.Kind, CarriedEntryDocuments.ByLearner.Where(student.Value).Take(500), CancellationToken.None)).Documents.Select(entry => entry.Entry).ToList();
        Assert.Equal(own.Select(Json).Order(), carried.Select(Json).Order());
        Assert.Empty(LedgerChain.Check(carried.OrderBy(entry => entry.Sequence)));
        Assert.NotEmpty(carried.SelectMany(entry => entry.Facts.Evidence));
        foreach (var photo in carried.SelectMany(entry => entry.Facts.Evidence).Where(item => item.Kind == SkillBadges.Core.Definitions.EvidenceKind.File))
        {
            await using var bytes = await app.Services.GetRequiredService<IFileStore>().OpenAsync(photo.Sha256, CancellationToken.None);
            Assert.Equal(photo.Bytes, bytes!.Length);
        }

        foreach (var scale in carried.Select(entry => entry.Facts.Scale.Digest).Distinct())
        {
            Assert.Equal(scale, (await app.Store.GetAsync(ScaleSnapshotDocuments.Kind, scale.Hex, "scale", CancellationToken.None)).Document.Scale.SnapshotHash);
        }

        var placing = await (await registrar.GetAsync(new Uri($"/api/course-placements?school={school}&student={student}", UriKind.Relative))).ReadAsync<PlacementReportView>();
        Assert.Equal(own.Count, placing.Skills.Count);
        Assert.Equal("The machine was broken.", Assert.Single(placing.Skills.SelectMany(skill => skill.Statements)));
        Assert.All(placing.Skills, skill => Assert.True(skill is { Match: PlacingMatch.None, IssuerConfirmed: false } && skill.Words.Length > 0 && skill.Descriptor.Length > 0));
        Assert.Contains(placing.Skills.SelectMany(skill => skill.Evidence), item => item.IsHere);
    }

    [Fact]
    public async Task One_flipped_byte_in_any_file_is_named_and_nothing_is_taken_in()
    {
        var (learner, _) = await LearnerAsync();
        var pack = await district.OutsidePackAsync(learner.Person, withEvidence: true);
        await using var app = await TestApp.StartAsync(settings => settings);
        var (school, student, registrar) = await TransferScene.CleanSchoolAsync(app);
        var names = Unzip(pack).Keys.ToList();

        foreach (var name in names)
        {
            foreach (var part in new[] { 0.1, 0.5, 0.9 })
            {
                var report = await TransferScene.TakeInAsync(registrar, school, student, Zip(Unzip(pack), name, bytes => bytes[(int)(bytes.Length * part)] ^= 1));

                Assert.False(report.TakenIn);
                Assert.Equal([name], report.Faults.Select(fault => fault.File).Distinct());
            }
        }

        Assert.Contains(names, name => name.StartsWith("evidence/", StringComparison.Ordinal));
        Assert.Contains(PackNames.Clr, names);
        Assert.Empty((await app.Store.QueryAsync(CarriedEntryDocuments.Kind, CarriedEntryDocuments.ByLearner.Where(student.Value).Take(5), CancellationToken.None)).Items);
    }

    [Theory]
    [InlineData("record/ledger.json")]
    [InlineData("record/clr.json")]
    [InlineData("manifest.jws")]
    public async Task A_file_that_is_taken_out_is_named(string name)
    {
        var (learner, _) = await LearnerAsync();
        var files = Unzip(await district.OutsidePackAsync(learner.Person, withEvidence: false));
        files.Remove(name);
        var student = await district.LearnerAsync(district.East, district.EastTeacher);
        using var east = await district.AsAsync(district.EastRegistrar);

        var report = await TransferScene.TakeInAsync(east, district.East, student.Person, Zip(files, null, _ => { }));

        Assert.Equal([(name, "missing")], report.Faults.Select(fault => (fault.File, fault.Code)));
    }

    [Fact]
    public async Task A_pack_for_one_school_is_not_taken_in_by_another()
    {
        var (learner, _) = await LearnerAsync();
        using var west = await district.AsAsync(district.WestRegistrar);
        using var east = await district.AsAsync(district.EastRegistrar);
        var asked = await (await east.PostAsync("/api/transfers", new { recordKeeper = district.West.Value, receiver = district.East.Value, ground = "enrollment", about = "Ada" })).ReadAsync<TransferView>();
        await TransferScene.ReleaseAsync(west, asked, learner.Person, withEvidence: false);
        var pack = await east.GetByteArrayAsync(TransferScene.Pack(asked));
        var other = await district.LearnerAsync();

        var report = await TransferScene.TakeInAsync(west, district.West, other.Person, pack);

        Assert.Equal("other-receiver", Assert.Single(report.Faults).Code);
    }

    [Fact]
    public async Task By_consent_a_record_goes_only_where_the_consent_covers_all_of_it()
    {
        var (learner, guardian) = await LearnerAsync();
        using var west = await district.AsAsync(district.WestRegistrar);
        using var east = await district.AsAsync(district.EastRegistrar);
        using var family = await district.AsAsync(guardian);
        var asked = await (await east.PostAsync("/api/transfers", new { recordKeeper = district.West.Value, receiver = district.East.Value, ground = "consent", about = "Ada" })).ReadAsync<TransferView>();
        using var without = await west.PostAsync($"/api/transfers/{asked.Id}/release", new { learner = learner.Person.Value, withEvidence = false });
        await Minors.GiveAsync(family, learner.Person, district.Terms(RecipientKind.Organization, district.East.Value));
        using var partly = await west.PostAsync($"/api/transfers/{asked.Id}/release", new { learner = learner.Person.Value, withEvidence = false });
        var consent = await Minors.GiveAsync(family, learner.Person, district.Terms(RecipientKind.Organization, district.East.Value, Enum.GetValues<RecordKind>()));

        var released = await TransferScene.ReleaseAsync(west, asked, learner.Person, withEvidence: false);

        await Minors.RefusedAsync(without, "transfer.consent-missing");
        await Minors.RefusedAsync(partly, "transfer.consent-missing");
        Assert.Equal(consent.Id, released.Release!.Consent);
    }

    [Theory]
    [InlineData("learnersOwn", null, "transfer.ground")]
    [InlineData("study", null, "transfer.paper")]
    [InlineData("auditOrEvaluation", "2020-01-01", "transfer.paper")]
    [InlineData("auditOrEvaluation", "2099-01-01", null)]
    public async Task A_ground_that_needs_paper_names_it(string ground, string? destroyBy, string? refused)
    {
        using var east = await district.AsAsync(district.EastRegistrar);
        object? paper = destroyBy is null ? null : new { reference = "DUA-7", destroyBy };

        using var answer = await east.PostAsync("/api/transfers", new { recordKeeper = district.West.Value, receiver = district.East.Value, ground, about = "Ada", paper });

        if (refused is null)
        {
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
        else
        {
            await Minors.RefusedAsync(answer, refused);
        }
    }

    [Fact]
    public async Task A_counselors_decision_about_a_carried_skill_is_kept_with_what_was_decided_before()
    {
        var (learner, _) = await LearnerAsync();
        var student = await district.LearnerAsync(district.East, district.EastTeacher);
        using var east = await district.AsAsync(district.EastRegistrar);
        await TransferScene.TakeInAsync(east, district.East, student.Person, await district.OutsidePackAsync(learner.Person, withEvidence: false));
        var place = new Uri($"/api/course-placements?school={district.East}&student={student.Person}", UriKind.Relative);
        var skill = (await (await east.GetAsync(place)).ReadAsync<PlacementReportView>()).Skills[0];
        foreach (var outcome in new[] { "showMore", "accepted" })
        {
            (await east.PostAsync("/api/course-placements", new { school = district.East.Value, student = student.Person.Value, entry = skill.Id, outcome, note = "Looked at together." })).Dispose();
        }

        var decided = (await (await east.GetAsync(place)).ReadAsync<PlacementReportView>()).Skills.Single(found => found.Id == skill.Id);

        Assert.Equal([PlacingOutcome.Accepted, PlacingOutcome.ShowMore], decided.History.Select(item => item.Outcome));
        Assert.Equal((PlacingMatch.SameWords, TestDistrict.Badge, true), (decided.Match, decided.Badge, decided.SameScale));
    }

    [Fact]
    public async Task The_family_takes_the_whole_record_home_and_a_stranger_nothing()
    {
        var (learner, guardian) = await LearnerAsync();
        using var family = await district.AsAsync(guardian);
        using var stranger = await district.AsAsync(district.EastTeacher);

        var files = Unzip(await family.GetByteArrayAsync(new Uri($"/api/learners/{learner.Person}/inspection", UriKind.Relative)));
        using var refused = await stranger.GetAsync(new Uri($"/api/learners/{learner.Person}/inspection", UriKind.Relative));

        await Minors.RefusedAsync(refused, "learner.not-found");
        Assert.Equal((await EntriesAsync(learner.Person)).Count, JsonDocument.Parse(files["ledger.json"]).RootElement.GetArrayLength());
        Assert.All(new[] { "awards.json", "credentials.json", "work.json", "evidence.json", "scales.json", "skills.json" }, name => Assert.NotEqual(0, JsonDocument.Parse(files[name]).RootElement.GetArrayLength()));
    }

    private async Task<(TestLearner Learner, PersonId Guardian)> LearnerAsync()
    {
        var learner = await district.AgedAsync(await district.LearnerAsync(), 15);
        await district.ApprovedAsync(learner.Person);
        return (learner, await district.GuardianAsync(learner.Person));
    }

    private async Task<IReadOnlyList<MasteryEntry>> EntriesAsync(PersonId learner) =>
        [.. (await district.Store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.Where(learner.Value).Take(500), CancellationToken.None)).Documents];

    private static async Task<IReadOnlyList<DisclosureView>> RowsAsync(TestLearner learner) =>
        (await (await learner.Client.GetAsync(new Uri($"/api/learners/{learner.Person}/disclosures", UriKind.Relative))).ReadAsync<PageOf<DisclosureView>>()).Items;

    private static string Json(MasteryEntry entry) => JsonSerializer.Serialize(entry, DocumentJson.Options);

    private static Dictionary<string, byte[]> Unzip(byte[] pack)
    {
        using var zip = new ZipArchive(new MemoryStream(pack));
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var whole = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(whole);
            return whole.ToArray();
        });
    }

    private static byte[] Zip(Dictionary<string, byte[]> files, string? altered, Action<byte[]> alter)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                if (name == altered)
                {
                    alter(bytes);
                }

                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }

        return target.ToArray();
    }
}
