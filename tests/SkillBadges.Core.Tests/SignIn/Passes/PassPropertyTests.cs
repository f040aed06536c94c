using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Passes;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn.Passes;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.SignIn.Passes;

/// <summary>Random histories of an internship, its pass and a device, on the real workflows and a real store: what the pass opens is always what a model of a few booleans says.</summary>
public sealed class PassPropertyTests
{
    public enum Step
    {
        SendLink,
        AskForLink,
        OpenAndEnterCode,
        EnterWrongCodes,
        EnterLateCode,
        Revoke,
        EndInternship,
        EndRole,
        HalfADay,
        TwentyDays,
    }

    [Fact]
    public async Task A_pass_never_reaches_beyond_its_internship_and_dates()
    {
        var steps = Gen.ListOf(Gen.Elements(Enum.GetValues<Step>())).Resize(14).Select(list => list.ToArray()).ToArbitrary();
        using var district = await District.OpenAsync();

        Prop.ForAll(steps, history => HoldsAsync(district, history).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    private static async Task<bool> HoldsAsync(District district, Step[] history)
    {
        var world = await PassWorld.OpenAsync(district);
        await world.AgreesAsync();
        foreach (var step in history)
        {
            await world.DoAsync(step);
            await world.AgreesAsync();
        }

        return true;
    }

    /// <summary>Two students of one supervisor, each with an internship for one badge; the device only ever sees the first one's pass.</summary>
    private sealed class PassWorld
    {
        private readonly IDocumentStore store;
        private readonly MovedClock clock = new();
        private readonly Authority authority;
        private readonly Assignments assignments;
        private readonly PassWorkflow passes;
        private readonly PassOpening opening;
        private readonly LetterWriting letters;
        private readonly District district;
        private readonly Actor office = new(PersonId.New(DateTimeOffset.UtcNow));
        private readonly PersonId supervisor = PersonId.New(DateTimeOffset.UtcNow);
        private readonly Destination to = Destination.Parse(Channel.Mail, $"{Guid.NewGuid():N}@example.org");

        private Placement mine = null!;
        private Placement other = null!;
        private string? link;
        private string? device;
        private bool isKnown;
        private bool isRevoked;
        private bool hasRole = true;

        private PassWorld(District district)
        {
            this.district = district;
            store = district.Store;
            var keys = new KeyEncryptionKey(new byte[KeyEncryptionKey.KeyBytes]);
            var commits = new Commits(store, clock);
            authority = new(store, clock);
            assignments = new(store, authority, clock);
            letters = new(keys, district.Address);
            passes = new(commits, authority, letters, clock);
            opening = new(commits, letters, keys, clock);
        }

        public static async Task<PassWorld> OpenAsync(District district)
        {
            var world = new PassWorld(district);
            await district.AppointAsync(world.office, district.West, Role.Registrar);
            await district.AppointAsync(new(world.supervisor), district.Employer, Role.Supervisor);
            world.mine = await world.PlaceAsync();
            world.other = await world.PlaceAsync();
            return world;
        }

        public async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Step.SendLink when await TriesAsync(() => passes.SendAsync(office, mine.Id, to, null, CancellationToken.None)):
                    (isKnown, isRevoked) = (false, false);
                    link = await LetterAsync("/pass/");
                    break;
                case Step.AskForLink:
                    await opening.SendLinksAsync(to, CancellationToken.None);
                    break;
                case Step.OpenAndEnterCode when await CodeAsync() is { } code:
                    (_, device, _) = await opening.EnterCodeAsync(OneTimeLinkHash, code, CancellationToken.None);
                    isKnown = true;
                    break;
                case Step.EnterWrongCodes when await CodeAsync() is { } code:
                    for (var tries = 0; tries < PassCode.Tries; tries++)
                    {
                        Assert.False(await TriesAsync(() => opening.EnterCodeAsync(OneTimeLinkHash, code == "111111" ? "222222" : "111111", CancellationToken.None)));
                    }

                    Assert.False(await TriesAsync(() => opening.EnterCodeAsync(OneTimeLinkHash, code, CancellationToken.None)));
                    break;
                case Step.EnterLateCode when await CodeAsync() is { } code:
                    clock.Move(PassCode.Lifetime);
                    Assert.False(await TriesAsync(() => opening.EnterCodeAsync(OneTimeLinkHash, code, CancellationToken.None)));
                    break;
                case Step.Revoke when await TriesAsync(() => passes.RevokeAsync(office, mine.Id, CancellationToken.None)):
                    (isKnown, isRevoked) = (false, true);
                    break;
                case Step.EndInternship when clock.Now() < mine.To:
                    var placement = (await store.FindAsync(PlacementDocuments.Kind, mine.Id.Value, CancellationToken.None))!;
                    mine = placement.Document.End(clock.Now());
                    await store.CommitAsync(new Changes().Replace(PlacementDocuments.Kind, placement, mine), CancellationToken.None);
                    break;
                case Step.EndRole when hasRole:
                    var role = (await authority.FindAsync(new(supervisor), district.Employer, [Role.Supervisor], CancellationToken.None))!;
                    await store.CommitAsync(new Changes().Replace(MembershipDocuments.Kind, role, role.Document.End(clock.Now())), CancellationToken.None);
                    hasRole = false;
                    break;
                case Step.HalfADay:
                    clock.Move(TimeSpan.FromHours(12));
                    break;
                case Step.TwentyDays:
                    clock.Move(TimeSpan.FromDays(20));
                    break;
            }
        }

        /// <summary>For each student, named badge and not: may be judged through this device exactly when the model says so.</summary>
        public async Task AgreesAsync()
        {
            var found = device is null ? null : await opening.FindAsync(mine.Id.Value, device, CancellationToken.None);
            Assert.Equal(isKnown && !isRevoked && clock.Now() < mine.To, found is not null);
            if (device is not null)
            {
                Assert.Null(await opening.FindAsync(other.Id.Value, device, CancellationToken.None));
            }

            var actor = found is { } live ? new Actor(live.Pass.Person) { OnlyPlacements = [live.Placement.Id.Value] } : null;
            foreach (var (learner, badge) in new[] { (mine.Learner, District.Badge.Slug), (mine.Learner, "another-badge"), (other.Learner, District.Badge.Slug) })
            {
                var may = actor is not null && await TriesAsync(() => assignments.RequireAsync(actor, new AssessedWork(learner, district.West, badge), District.Badge, CancellationToken.None));
                var should = actor is not null && hasRole && mine.From <= clock.Now() && learner == mine.Learner && badge == District.Badge.Slug;
                Assert.Equal(should, may);
            }

            if (actor is not null)
            {
                Assert.Null(await authority.FindAsync(actor, district.West, Enum.GetValues<Role>(), CancellationToken.None));
                Assert.Null(await authority.FindAnywhereAsync(actor, Role.Supervisor, CancellationToken.None));
            }
        }

        private string OneTimeLinkHash => Core.SignIn.OneTimeLink.HashOf(link ?? "");

        private async Task<Placement> PlaceAsync()
        {
            var student = new Actor(PersonId.New(DateTimeOffset.UtcNow));
            await district.EnrollAsync(student, district.West);
            var now = clock.Now();
            var placement = new Placement(PlacementId.New(now), student.Person, district.West, district.Employer, supervisor, now.AddDays(1), now.AddDays(30)) { Badges = [District.Badge.Slug] };
            await store.CommitAsync(new Changes().Add(PlacementDocuments.Kind, placement), CancellationToken.None);
            return placement;
        }

        // Null when there is no link that leads anywhere, or codes were sent too often.
        private async Task<string?> CodeAsync() => await TriesAsync(() => opening.SendCodeAsync(OneTimeLinkHash, CancellationToken.None)) ? await LetterAsync("Your code is ") : null;

        private async Task<string> LetterAsync(string after)
        {
            var waiting = await store.QueryAsync(LetterDocuments.Kind, LetterDocuments.ByState.Where(nameof(LetterState.Waiting)).Descending().Take(50), CancellationToken.None);
            var text = waiting.Documents.Select(letters.Open).First(content => content.To == to && content.Text.Contains(after, StringComparison.Ordinal)).Text;
            return new string([.. text[(text.IndexOf(after, StringComparison.Ordinal) + after.Length)..].TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')]);
        }

        private static async Task<bool> TriesAsync(Func<Task> step)
        {
            try
            {
                await step();
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }
    }

    private sealed class MovedClock : TimeProvider
    {
        private TimeSpan ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

        public void Move(TimeSpan by) => ahead += by;
    }
}
