using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Organizations.Agreements;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Sharing.Claims;

/// <summary>Random histories of agreements, awards, claims and answers, on a real store.</summary>
public sealed class ClaimHistoryTests
{
    private static readonly OrganizationId college = OrganizationId.From("valley-college");
    private static readonly Actor student = new(PersonId.From("adult"));
    private static readonly Actor registrar = new(PersonId.From("dean"));
    private static readonly ArticulationId agreement = ArticulationId.From("agreement");

    private enum Deed
    {
        Propose,
        Agree,
        End,
        Award,
        Suspend,
        Claim,
        Wait,
        Post,
        Decline,
        Withdraw,
        Look,
    }

    private sealed record Step(int Days, Deed Deed, int From, int Length, int Course);

    private static readonly Gen<Step> steps =
        from days in Gen.Choose(0, 2)
        from deed in Gen.Frequency((3, Gen.Constant(Deed.Propose)), (3, Gen.Constant(Deed.Agree)), (1, Gen.Constant(Deed.End)), (3, Gen.Constant(Deed.Award)), (1, Gen.Constant(Deed.Suspend)), (5, Gen.Constant(Deed.Claim)), (5, Gen.Elements(Deed.Wait, Deed.Post, Deed.Decline, Deed.Withdraw, Deed.Look)))
        from first in Gen.Choose(-10, 3)
        from length in Gen.Choose(2, 25)
        from course in Gen.Choose(1, 2)
        select new Step(days, deed, first, length, course);

    [Fact]
    public void Nothing_ever_counts_outside_its_dates_and_nothing_is_posted_twice()
    {
        var (claimed, refused, posted) = (0, 0, 0);
        Prop.ForAll(Arb.ToArbitrary(steps.ListOf(40)), history => PlayAsync(history).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20261122, 61));

        // The histories were such that there was something to break.
        Assert.True(claimed > 20 && refused > 20 && posted > 5, $"{claimed} claims, {refused} refused, {posted} posted");

        async Task PlayAsync(IEnumerable<Step> history)
        {
            using var play = await Play.OpenAsync();
            foreach (var step in history)
            {
                refused += await play.TakeAsync(step) ? 0 : 1;
                await play.RequireSoundAsync();
            }

            claimed += (await play.ClaimsAsync()).Count;
            posted += (await play.ClaimsAsync()).Count(claim => claim.State == ClaimState.Posted);
        }
    }

    private sealed class Play : IDisposable
    {
        private readonly District district;
        private readonly ClaimWorkflow workflow;
        private readonly ClaimAnswering answering;
        private readonly ClaimDeadlines deadlines;
        private readonly Dictionary<AwardId, DateOnly> earned = [];
        private readonly Dictionary<(DateOnly Day, int Revision), ArticulationTerms> promised = [];

        private Play(District district)
        {
            this.district = district;
            var (store, clock) = (district.Store, district.Clock);
            var (rights, authority) = (new RightsReading(store, clock), district.Authority);
            var applicants = new ClaimApplicants(store, new KeyEncryptionKey(new byte[KeyEncryptionKey.KeyBytes]), clock);
            var access = new ClaimAccess(store, rights, new FamilyRights(store, clock), authority);
            workflow = new(district.Commits, new(store, new(store)), new(new(store, rights, authority, clock), clock), access, applicants);
            answering = new(district.Commits, access, applicants, new(store, new(store, district.Indexes, district.Address, clock), district.Address));
            deadlines = new(district.Commits, applicants);
        }

        private DateOnly Today => DateOnly.FromDateTime(district.Clock.GetUtcNow().UtcDateTime);

        public static async Task<Play> OpenAsync()
        {
            var play = new Play(await District.OpenAsync());
            await play.district.EnrollAsync(student, play.district.West);
            await play.district.Store.CommitAsync(
                new Changes()
                    .Add(OrganizationDocuments.Kind, Organization.Found(college, "valley-college", "Valley College", OrganizationKind.College, null).InTimeZone("Etc/UTC"))
                    .Add(ArticulationDocuments.Kind, new(agreement, ArticulatedKind.Badge, District.Badge.Slug, play.district.West, college)),
                CancellationToken.None);
            await play.district.AppointAsync(registrar, college, Role.Registrar);
            var person = await play.district.Store.GetAsync(PersonDocuments.Kind, student.Person.Value, "person", CancellationToken.None);
            await play.district.Store.CommitAsync(new Changes().Replace(PersonDocuments.Kind, person, person.Document with { RightsPassOn = play.Today.AddYears(-1) }), CancellationToken.None);
            return play;
        }

        public async Task<IReadOnlyList<CreditClaim>> ClaimsAsync() =>
            [.. (await district.Store.QueryAsync(ClaimDocuments.Kind, ClaimDocuments.ByLearner.Where(student.Person.Value).Take(500), CancellationToken.None)).Documents];

        /// <summary>False where a rule said no.</summary>
        public async Task<bool> TakeAsync(Step step)
        {
            district.Clock.Advance(TimeSpan.FromDays(step.Days));
            try
            {
                await (step.Deed switch
                {
                    Deed.Propose => ReviseAsync(a => a.Propose(new("WELD 101" + step.Course, "Welding", step.Course, Today.AddDays(step.From)) { To = Today.AddDays(step.From + step.Length) }, By(district.West))),
                    Deed.Agree => ReviseAsync(a => a.Approve(a.Revisions.Length, By(college), Today)),
                    Deed.End => ReviseAsync(a => a.End(Today.AddDays(step.Length), By(college), Today)),
                    Deed.Award => AwardAsync(),
                    Deed.Suspend => SuspendAsync(),
                    Deed.Claim => workflow.MakeAsync(student, new(student.Person, agreement, District.Badge.Id, "2027-fall", new("A", new(2000, 1, 1), null)), null, CancellationToken.None),
                    Deed.Look => EachOpenAsync(claim => deadlines.LookAsync(claim.Id, CancellationToken.None)),
                    Deed.Withdraw => EachOpenAsync(claim => workflow.WithdrawAsync(student, claim.Id, null, null, CancellationToken.None)),
                    _ => EachOpenAsync(claim => answering.AnswerAsync(registrar, new(claim.Id, Answer(step), null), null, CancellationToken.None)),
                });
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }

        public async Task RequireSoundAsync()
        {
            var articulation = (await district.Store.GetAsync(ArticulationDocuments.Kind, agreement.Value, "articulation", CancellationToken.None)).Document;
            var claims = await ClaimsAsync();
            foreach (var claim in claims)
            {
                Assert.Equal(earned[Assert.Single(claim.Badges).Award], claim.EarnedOn);
                Assert.True(claim.Terms.From <= claim.EarnedOn && claim.EarnedOn <= (claim.Terms.To ?? DateOnly.MaxValue), "It was earned outside the dates.");
                Assert.Equal(claim.Terms, articulation.Revisions[claim.Revision - 1].Terms);
                Assert.True(articulation.Revisions[claim.Revision - 1].HoldsFrom <= claim.EarnedOn, "The wording was not agreed for that day.");

                // What was promised once is promised for good.
                Assert.Equal(claim.Terms, promised.TryGetValue((claim.EarnedOn, claim.Revision), out var before) ? before : promised[(claim.EarnedOn, claim.Revision)] = claim.Terms);
                Assert.Equal(claim.IsOpen, await district.Store.FindAsync(ClaimDocuments.Applicants, claim.Id.Value, CancellationToken.None) is not null);
            }

            Assert.True(claims.Count(claim => claim.State == ClaimState.Posted && claim.Subject == District.Badge.Id) <= 1, "Posted twice.");
            Assert.True(claims.Count(claim => claim.IsLive) <= 1, "Claimed twice.");
        }

        public void Dispose() => district.Dispose();

        private ClaimAnswer Answer(Step step) => step.Deed switch
        {
            Deed.Wait => new ClaimAnswer.Wait(AwaitedStep.Fee, null, Today.AddDays(step.Length)),
            Deed.Post => new ClaimAnswer.Post(null, null, GradeType.CreditOnly, null),
            _ => new ClaimAnswer.Decline("No."),
        };

        private AgreementApproval By(OrganizationId side) => new(side, registrar.Person, district.Clock.GetUtcNow());

        private async Task ReviseAsync(Func<Articulation, Articulation> change)
        {
            var read = await district.Store.GetAsync(ArticulationDocuments.Kind, agreement.Value, "articulation", CancellationToken.None);
            await district.Store.CommitAsync(new Changes().Replace(ArticulationDocuments.Kind, read, change(read.Document)), CancellationToken.None);
        }

        private async Task AwardAsync()
        {
            var now = district.Clock.Now();
            var award = new Award(
                AwardId.New(now), student.Person, district.West, District.Badge.Id, earned.Count + 1, CredentialId.New(), new($"work-{earned.Count}"), "decision",
                [.. District.Badge.Competencies.Select(competency => new AwardedLevel(competency.Id, District.Badge.Scale.Levels[^1].Code))], now) { State = AwardState.Issued };
            earned[award.Id] = Today;
            await district.Store.CommitAsync(new Changes().Add(AwardDocuments.Kind, award).Add(CredentialStatusDocuments.Kind, new(award.Credential, district.West, new("list"), earned.Count)), CancellationToken.None);
        }

        private async Task SuspendAsync()
        {
            foreach (var award in await district.AwardsAsync(student))
            {
                var read = await district.Store.GetAsync(CredentialStatusDocuments.Kind, award.Credential.Value, "status", CancellationToken.None);
                var mark = new StatusMark(district.Clock.Now(), registrar.Person, "A reason.");
                var changed = read.Document.IsGood ? read.Document.Suspend(mark) : read.Document.Reinstate(mark);
                await district.Store.CommitAsync(new Changes().Replace(CredentialStatusDocuments.Kind, read, changed), CancellationToken.None);
            }
        }

        private async Task EachOpenAsync(Func<CreditClaim, Task> act)
        {
            foreach (var claim in (await ClaimsAsync()).Where(claim => claim.IsOpen))
            {
                await act(claim);
            }
        }
    }
}
