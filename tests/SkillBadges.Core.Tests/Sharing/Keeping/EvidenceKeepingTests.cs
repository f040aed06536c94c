using System.Security.Cryptography;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Keeping;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Sharing.Keeping;

public sealed class EvidenceKeepingTests : IAsyncLifetime
{
    private District district = null!;
    private EvidenceKeeping keeping = null!;

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        var usage = new EvidenceUsage(district.Store, district.Settings);
        keeping = new(
            district.Store,
            district.Settings,
            new(district.Commits, district.Authority, usage, district.Clock),
            new(district.Commits, district.Authority, usage, district.Clock),
            district.Clock);
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Pictures_go_three_years_after_the_last_word_and_other_files_two_years_later()
    {
        var work = await DecidedAsync();
        var updated = work.UpdatedAt;
        district.Clock.Advance(TimeSpan.FromDays(1_094));
        Assert.Equal(0, await keeping.SweepAsync(default));

        district.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await keeping.SweepAsync(default));

        var left = await WorkAsync(work.Id);
        Assert.Null(left.ErasureOf("plan"));
        var gone = left.ErasureOf("photo");
        Assert.Equal((null, DigestOf("photo")), (gone?.By, gone?.Digest));
        Assert.All(left.AllItems.Where(item => item.Id == "photo"), item => Assert.Equal((DigestOf("photo"), null), (item.Digest, item.FileName)));
        Assert.Equal(updated, left.UpdatedAt);
        Assert.Equal(work.LastAttempt!.WorkDigest, left.LastAttempt!.WorkDigest);

        district.Clock.Advance(TimeSpan.FromDays(730));
        Assert.Equal(1, await keeping.SweepAsync(default));
        Assert.NotNull((await WorkAsync(work.Id)).ErasureOf("plan"));
        Assert.Equal(0, await keeping.SweepAsync(default));
    }

    [Fact]
    public async Task A_school_sets_its_own_time()
    {
        var work = await DecidedAsync();
        await SetAsync(new() { MediaDays = 30 });
        district.Clock.Advance(TimeSpan.FromDays(31));

        Assert.Equal(1, await keeping.SweepAsync(default));
        Assert.Null((await WorkAsync(work.Id)).ErasureOf("plan"));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(3_651)]
    public void Files_are_kept_for_thirty_days_at_least_and_never_for_ever(int days)
    {
        Assert.Equal("setting.keeping", Assert.Throws<RefusedException>(() => new SettingValues { MediaDays = days }.Checked()).Code);
        Assert.Equal("setting.keeping", Assert.Throws<RefusedException>(() => new SettingValues { FileDays = days }.Checked()).Code);
    }

    [Fact]
    public async Task Work_that_waits_for_a_decision_keeps_its_files()
    {
        var work = Decided(district.Clock.Now()) with { State = SubmissionState.Submitted };
        await district.Store.CommitAsync(new Changes().Add(SubmissionDocuments.Kind, work), default);
        district.Clock.Advance(TimeSpan.FromDays(4_000));

        Assert.Equal(0, await keeping.SweepAsync(default));
    }

    [Fact]
    public async Task Nothing_goes_while_a_school_owes_an_answer_or_a_pack_waits_to_be_fetched()
    {
        await DecidedAsync();
        district.Clock.Advance(TimeSpan.FromDays(1_096));
        var asked = new Transfer(TransferId.New(district.Clock.Now()), district.West, new(district.East, "East"), PersonId.From("registrar"), district.Clock.Now(), DisclosureBasis.Enrollment, "A student of grade 11.");
        await district.Store.CommitAsync(new Changes().Add(TransferDocuments.Kind, asked), default);
        Assert.Equal(0, await keeping.SweepAsync(default));

        var read = (await district.Store.FindAsync(TransferDocuments.Kind, asked.Id.Value, default))!;
        var released = asked.LetGo(
            district.Student.Person, new(PersonId.From("keeper"), district.Clock.Now(), DisclosureBasis.Enrollment, null, true, DigestOf("manifest"), 1, 1, district.Clock.Now() + Transfer.PackLifetime));
        await district.Store.CommitAsync(new Changes().Replace(TransferDocuments.Kind, read, released), default);
        Assert.Equal(0, await keeping.SweepAsync(default));

        district.Clock.Advance(Transfer.PackLifetime);
        Assert.Equal(1, await keeping.SweepAsync(default));
    }

    [Fact]
    public async Task A_request_that_nobody_answers_does_not_hold_files_for_ever()
    {
        await DecidedAsync();
        district.Clock.Advance(TimeSpan.FromDays(1_096));
        var asked = new Transfer(TransferId.New(district.Clock.Now()), district.West, new(district.East, "East"), PersonId.From("registrar"), district.Clock.Now(), DisclosureBasis.Enrollment, "A student of grade 11.");
        await district.Store.CommitAsync(new Changes().Add(TransferDocuments.Kind, asked), default);

        district.Clock.Advance(EvidenceKeeping.TimeToAnswer + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await keeping.SweepAsync(default));
    }

    [Fact]
    public async Task A_second_reader_still_finds_what_they_are_to_judge()
    {
        var work = await DecidedAsync();
        await SetAsync(new() { MediaDays = 30 });
        district.Clock.Advance(TimeSpan.FromDays(31));
        var now = district.Clock.Now();
        var sample = new Moderation(work.LastAttempt!.Standing!.Id, work.Id, 1, district.West, work.Badge, work.Learner, district.Teacher.Person, [], now) { ReadBy = now.AddDays(5) };
        await district.Store.CommitAsync(new Changes().Add(ModerationDocuments.Kind, sample), default);
        Assert.Equal(0, await keeping.SweepAsync(default));

        district.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(1, await keeping.SweepAsync(default));
    }

    [Fact]
    public async Task Photos_of_what_was_seen_and_files_that_came_with_a_record_go_too()
    {
        var now = district.Clock.Now();
        var seen = new Observation(
            ObservationId.From(NewId.Ordered(now)), district.West, district.Student.Person, District.Badge.Id, District.Badge.Competencies[0].Id, "proficient", null,
            new(district.Teacher.Person, Role.Teacher, district.West, AssessorRelation.TeachesTheClass), new(null, null, null), now, now) { Photos = [Photo(now)] };
        await district.Store.CommitAsync(
            new Changes().Add(ObservationDocuments.Kind, seen).Add(CarriedContentDocuments.Kind, new(district.Student.Person, district.West, DigestOf("carried"), now)), default);
        Assert.Equal(0, await keeping.SweepAsync(default));

        district.Clock.Advance(TimeSpan.FromDays(1_096));
        Assert.Equal(2, await keeping.SweepAsync(default));

        Assert.NotNull((await district.Store.FindAsync(ObservationDocuments.Kind, seen.Id.Value, default))!.Document.ErasureOf("photo"));
        Assert.False(await new ContentRelease(district.Store, district.Files, district.Clock).IsReferencedAsync(DigestOf("carried"), default));
    }

    private async Task<Submission> DecidedAsync()
    {
        var work = Decided(district.Clock.Now());
        await district.Store.CommitAsync(new Changes().Add(SubmissionDocuments.Kind, work), default);
        return work;
    }

    private Submission Decided(DateTimeOffset at)
    {
        var skill = District.Badge.Competencies[0].Id;
        var started = Submission.Start(SubmissionId.New(at), district.Student.Person, district.West, District.Badge, at)
            .AddEvidence(skill, Photo(at), at)
            .AddEvidence(skill, EvidenceItem.OfFile("plan", "The plan", "plan.pdf", new(DigestOf("plan"), 4), "application/pdf", at), at);
        var decision = new Decision
        {
            Id = NewId.Ordered(at),
            Outcome = DecisionOutcome.Approved,
            Ratings = [],
            Assessor = new(district.Teacher.Person, Role.Teacher, district.West, AssessorRelation.TeachesTheClass),
            DecidedAt = at,
        };
        return started with { State = SubmissionState.Approved, Attempts = [Attempt.Freeze(1, started.Draft, at) with { Decisions = [decision] }] };
    }

    private async Task SetAsync(SettingValues values)
    {
        var read = await district.Store.FindAsync(OrganizationSettingsDocuments.Kind, district.West.Value, default);
        var next = new OrganizationSettings(district.West, values);
        await district.Store.CommitAsync(
            read is null ? new Changes().Add(OrganizationSettingsDocuments.Kind, next) : new Changes().Replace(OrganizationSettingsDocuments.Kind, read, read.Document with { Values = values }), default);
    }

    private async Task<Submission> WorkAsync(SubmissionId id) => (await district.Store.FindAsync(SubmissionDocuments.Kind, id.Value, default))!.Document;

    private static EvidenceItem Photo(DateTimeOffset at) => EvidenceItem.OfFile("photo", "The weld", "weld.jpg", new(DigestOf("photo"), 5), "image/jpeg", at);

    private static Sha256Digest DigestOf(string text) => Sha256Digest.FromBytes(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
