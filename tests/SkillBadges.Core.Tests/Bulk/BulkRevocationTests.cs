using System.Text;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Bulk;

public sealed class BulkRevocationTests : IAsyncLifetime
{
    private readonly Actor registrar = new(PersonId.From("registrar"));
    private readonly List<Award> awards = [];
    private District district = null!;

    private BulkJobWorkflow Jobs => new(district.Commits, district.Authority, district.Arriving, district.Clock);

    public async Task InitializeAsync()
    {
        district = await District.OpenAsync();
        await district.AppointAsync(registrar, district.West, Role.Registrar);
        for (var number = 0; number < 3; number++)
        {
            var learner = new Actor(PersonId.From($"learner-{number}"));
            await district.EnrollAsync(learner, district.West);
            await district.TeachAsync(district.Teacher, learner);
            var award = (await district.ApproveAsync(district.Teacher, await district.TurnInAsync(learner))).Award!;
            awards.Add(await district.Finisher.FinishAsync(award.Credential, default));
        }
    }

    public Task DisposeAsync()
    {
        district.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_trial_says_what_rests_on_each_badge_and_the_run_takes_back_what_it_said()
    {
        await ShareAsync(awards[0], district.Clock.Now().AddDays(3));
        await ShareAsync(awards[0], district.Clock.Now().AddDays(4));
        await ShareAsync(awards[1], district.Clock.Now().AddSeconds(1));
        await StackAsync("bench", District.Badge.Slug);
        await StackAsync("more", District.Badge.Slug, "another-badge");
        district.Clock.Advance(TimeSpan.FromSeconds(2));

        var tried = await PassAsync(await ReceiveAsync(registrar, $"{awards[0].Id},Wrong class", $"{awards[1].Id},Wrong class", "no-such,Wrong class", $"{awards[2].Id},"));
        var rows = await ResultsAsync(tried);

        Assert.Equal([null, null, "award.not-found", "bulk-job.row"], rows.Select(row => row.Code));
        Assert.Equal((2, 0, 0, 0), (rows[0].Touches!.Shares, rows[1].Touches!.Shares, rows[0].Touches!.CreditAsked, rows[0].Touches!.Recognitions));
        Assert.Equal("bench", Assert.Single(rows[0].Touches!.Stacks));
        Assert.All(await AwardsAsync(), award => Assert.Equal(AwardState.Issued, award.State));

        await Jobs.BeginAsync(registrar, tried.Id, default);
        var done = await PassAsync(await ReadAsync(tried));

        Assert.Equal((BulkState.Done, 2, 2), (done.State, done.Succeeded, done.Refused));
        Assert.Equal([AwardState.Revoked, AwardState.Revoked, AwardState.Issued], (await AwardsAsync()).Select(award => award.State));
        var status = await district.Store.GetAsync(CredentialStatusDocuments.Kind, awards[0].Credential.Value, "award", default);
        Assert.Equal((registrar.Person, "Wrong class"), (status.Document.Revoked!.By, status.Document.Revoked.Reason));
    }

    [Fact]
    public async Task Only_the_registry_hands_in_such_a_file_and_only_for_its_own_school()
    {
        Assert.Equal("role.missing", await Refusal.CodeOf(() => ReceiveAsync(district.Teacher, $"{awards[0].Id},Wrong class")));
        await district.AppointAsync(registrar, district.East, Role.Registrar);

        var tried = await PassAsync(await ReceiveAsync(registrar, district.East, $"{awards[0].Id},Wrong class"));

        Assert.Equal("award.not-found", Assert.Single(await ResultsAsync(tried)).Code);
    }

    private Task ShareAsync(Award award, DateTimeOffset until)
    {
        var token = NewId.Random();
        return district.Store.CommitAsync(new Changes().Add(ShareDocuments.Kind, Share.Make(ShareId.From(token), award.Learner, token, new([award.Id], [], false, false), district.Clock.Now(), until)), default);
    }

    private Task StackAsync(string slug, params string[] badges)
    {
        var stack = new BadgeStack { Slug = slug, Name = slug, Description = slug, Badges = [.. badges.Select(badge => new RequiredBadge(badge))], Certificates = [] }.Publish(1);
        return district.Store.CommitAsync(new Changes().Add(StackDocuments.Versions, stack).Add(StackDocuments.Heads, new(slug, 1, slug)), default);
    }

    private Task<BulkJob> ReceiveAsync(Actor actor, params string[] rows) => ReceiveAsync(actor, district.West, rows);

    private async Task<BulkJob> ReceiveAsync(Actor actor, OrganizationId school, params string[] rows)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join("\r\n", ["award,reason", .. rows])));
        return (await Jobs.ReceiveAsync(actor, new(BulkKind.Revocations, BulkFormat.Csv, school, null), content, _ => null, default)).Document;
    }

    private async Task<BulkJob> PassAsync(BulkJob job)
    {
        await new BulkRun(district.Store, district.Rows, district.Finisher, district.Arriving, district.Clock).RunAsync(job.Id, default);
        return await ReadAsync(job);
    }

    private async Task<BulkJob> ReadAsync(BulkJob job) => (await district.Store.GetAsync(BulkJobDocuments.Kind, job.Id, "bulk-job", default)).Document;

    private async Task<IReadOnlyList<BulkRowResult>> ResultsAsync(BulkJob job) =>
        (await district.Store.QueryAsync(BulkJobDocuments.Pages, BulkJobDocuments.PagesOf.Where(BulkPage.PassOf(job.Id, job.IsTrial)), default)).Documents.Single().Results;

    private async Task<IReadOnlyList<Award>> AwardsAsync()
    {
        var read = new List<Award>();
        foreach (var award in awards)
        {
            read.Add((await district.Store.GetAsync(AwardDocuments.Kind, award.Id.Value, "award", default)).Document);
        }

        return read;
    }
}
