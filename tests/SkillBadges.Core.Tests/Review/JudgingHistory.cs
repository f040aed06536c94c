using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Review;

/// <summary>What came of a history; a run in which nothing was ever decided would prove nothing.</summary>
internal sealed record Reached
{
    public int Decided { get; set; }

    public int Observed { get; set; }

    public int StoodIn { get; set; }

    public int Undone { get; set; }

    public int Raced { get; set; }

    public int Awarded { get; set; }

    public int Denied { get; set; }
}

/// <summary>Plays one random history through the real workflows and store; every no leaves the facts as they were.</summary>
internal sealed class JudgingHistory(District district, ReviewRule rule, Reached reached)
{
    private const string License = "registered-nurse";

    private static readonly string[] authority =
        ["submission.not-found", "decision.own-work", "decision.not-assigned", "decision.role-not-allowed", "decision.not-qualified", "decision.conflict-of-interest"];

    private readonly JudgingFacts facts = new(rule);
    private readonly Actor office = new(PersonId.From("office"));
    private readonly Actor[] learners = [district.Student, new(PersonId.From("student-2"))];
    private readonly Actor[] supervisors = [new(PersonId.From("supervisor")), new(PersonId.From("supervisor-2"))];
    private readonly List<SubmissionId> works = [];
    private Actor[] teachers = [];

    private Actor[] Judges => [.. teachers, .. supervisors];

    private DateTimeOffset Now => district.Clock.Now();

    public async Task PlayAsync(IReadOnlyList<int> steps)
    {
        // The second learner is on the staff, too, and may be asked to judge.
        teachers = [district.Teacher, new(PersonId.From("teacher-2")), new(PersonId.From("teacher-3")), learners[1]];
        await district.EnrollAsync(learners[1], district.West);
        await district.AppointAsync(office, district.West, Role.Registrar);
        await district.LetUndoAsync(600);
        foreach (var teacher in teachers)
        {
            await district.AppointAsync(teacher, district.West, Role.Guardian);
            if (teacher != district.Teacher)
            {
                await BeginRoleAsync(teacher, FactKind.TeacherRole);
            }
        }

        var first = (await district.Authority.FindAsync(district.Teacher, district.West, [Role.Teacher], default))!;
        facts.Began(new(FactKind.TeacherRole, district.Teacher.Person, null, DateTimeOffset.MinValue, () => EndAsync(MembershipDocuments.Kind, first.Id, role => role.End(Now))));
        var section = (await district.Store.FirstAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByTeacher.Where(district.Teacher.Person.Value), default))!;
        facts.Began(new(FactKind.Class, district.Teacher.Person, district.Student.Person, DateTimeOffset.MinValue, () => EndAsync(ClassSectionDocuments.Kind, section.Id, taught => taught.End(Now))));
        await BeginRoleAsync(supervisors[0], FactKind.SupervisorRole);
        await BeginRoleAsync(supervisors[1], FactKind.SupervisorRole);
        foreach (var step in steps)
        {
            try
            {
                await StepAsync(new(step));
            }
            catch (RefusedException)
            {
                // The rule under test may say no to anything; what it says yes to is what is watched.
            }

            await RequireOneLiveAwardAsync();
        }

        foreach (var learner in learners)
        {
            Assert.Empty(LedgerChain.Check(await district.ChainAsync(learner)));
        }
    }

    private Task StepAsync(Draw draw) => draw.Next(20) switch
    {
        < 4 => BeginAsync(draw),
        4 => EndAsync(draw),
        5 => Task.Run(() => district.Clock.Advance(TimeSpan.FromHours(1 + draw.Next(60)))),
        < 9 => TurnInAsync(learners[draw.Next(2)]),
        < 15 => DecideAsync(draw),
        < 17 => ObserveAsync(draw),
        < 19 => UndoAsync(draw),
        _ => district.Finisher.FinishOpenAsync(default),
    };

    private async Task BeginAsync(Draw draw)
    {
        var (teacher, supervisor, learner) = (teachers[draw.Next(4)], supervisors[draw.Next(2)], learners[draw.Next(2)].Person);
        var (kind, from) = ((FactKind)Math.Min(draw.Next(10), (int)FactKind.StandIn), Now);
        switch (kind)
        {
            case FactKind.TeacherRole when !facts.Is(kind, teacher.Person, null, from):
                await BeginRoleAsync(teacher, kind);
                break;
            case FactKind.SupervisorRole when !facts.Is(kind, supervisor.Person, null, from):
                await BeginRoleAsync(supervisor, kind);
                break;
            case FactKind.Class when teacher.Person != learner:
                var section = new ClassSection(ClassSectionId.New(from), district.West, "Shop", from) { Teachers = [teacher.Person], Students = [learner] };
                await district.Store.CommitAsync(new Changes().Add(ClassSectionDocuments.Kind, section), default);
                facts.Began(new(kind, teacher.Person, learner, from, () => EndAsync(ClassSectionDocuments.Kind, section.Id.Value, taught => taught.End(Now))));
                break;
            case FactKind.Pool:
                var pool = await district.Assignments.MakeAsync(
                    office, new(default, district.West, "Panel", default) { Assessors = [teacher.Person], Badges = [District.Badge.Slug] }, null, default);
                facts.Began(new(kind, teacher.Person, null, from, () => district.Assignments.EndAsync(office, pool.Document.Id, null, null, default)));
                break;
            case FactKind.Placement:
                var placement = new Placement(PlacementId.New(from), learner, district.West, district.Employer, supervisor.Person, from, from.AddDays(20)) { Badges = [District.Badge.Slug] };
                await district.Store.CommitAsync(new Changes().Add(PlacementDocuments.Kind, placement), default);
                facts.Began(new(kind, supervisor.Person, learner, from, () => EndAsync(PlacementDocuments.Kind, placement.Id.Value, held => held.End(Now))) { To = placement.To });
                break;
            case FactKind.StandIn:
                await StandInAsync(draw);
                break;
            case FactKind.License:
                await LicenseAsync(Judges[draw.Next(6)], draw.Next(8));
                break;
            case FactKind.Close:
                await BringCloseAsync(Judges[draw.Next(6)], learner, isGuardian: draw.Next(2) == 0);
                break;
        }
    }

    private async Task BeginRoleAsync(Actor person, FactKind kind)
    {
        var (organization, role) = kind == FactKind.TeacherRole ? (district.West, Role.Teacher) : (district.Employer, Role.Supervisor);
        var from = Now;
        var membership = await district.AppointAsync(person, organization, role);
        facts.Began(new(kind, person.Person, null, from, () => EndAsync(MembershipDocuments.Kind, membership.Id, held => held.End(Now))));
    }

    private async Task StandInAsync(Draw draw)
    {
        var (organization, role, people) = draw.Next(2) == 0 ? (district.West, Role.Teacher, teachers) : (district.Employer, Role.Supervisor, supervisors);
        var (absent, other, from) = (people[draw.Next(people.Length)], people[draw.Next(people.Length)], Now);
        var made = await district.Delegations.MakeAsync(absent, new(default, organization, role, absent.Person, other.Person, from, from.AddDays(7)), null, default);
        facts.Began(new(FactKind.StandIn, other.Person, absent.Person, from, () => district.Delegations.EndAsync(absent, made.Document.Id, null, null, default)) { To = made.Document.To });
    }

    // The last day counts whole, in the school's time zone.
    private async Task LicenseAsync(Actor holder, int days)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");
        var (from, last) = (Now, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, zone).DateTime).AddDays(days));
        var ends = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var seen = new Qualification(default, holder.Person, License, "N-1", "Board", last, district.West, "The register says active.", default, default);
        var verified = await district.Qualifications.VerifyAsync(office, seen, null, default);
        facts.Began(new(FactKind.License, holder.Person, null, from, () => district.Qualifications.RevokeAsync(office, verified.Document.Id, "The board says so.", null, null, default))
        {
            To = new DateTimeOffset(ends, zone.GetUtcOffset(ends)),
        });
    }

    private async Task BringCloseAsync(Actor judge, PersonId learner, bool isGuardian)
    {
        var from = Now;
        if (isGuardian)
        {
            var guardianship = await district.Guardianships.RecordAsync(office, judge.Person, learner, district.West, GuardianshipProof.SchoolRecord, null, default);
            facts.Began(new(FactKind.Close, judge.Person, learner, from, () => district.Guardianships.EndAsync(office, guardianship.Document.Id, null, null, default)));
            return;
        }

        var relation = await district.Relations.DeclareAsync(office, new(default, district.West, judge.Person, learner, RelationKind.Family, default, default), null, default);
        facts.Began(new(FactKind.Close, judge.Person, learner, from, () => district.Relations.EndAsync(office, relation.Document.Id, null, null, default)));
    }

    private async Task EndAsync(Draw draw)
    {
        if (facts.All.Where(fact => fact.HoldsAt(Now)).ToList() is { Count: > 0 } holding)
        {
            var fact = holding[draw.Next(holding.Count)];
            await fact.Ends();
            fact.To = Now;
        }
    }

    private async Task EndAsync<T>(DocumentKind<T> kind, string id, Func<T, T> end)
        where T : class
    {
        var read = await district.Store.GetAsync(kind, id, "fact", default);
        await district.Store.CommitAsync(new Changes().Replace(kind, read, end(read.Document)), default);
    }

    private async Task TurnInAsync(Actor learner)
    {
        foreach (var id in works)
        {
            var work = (await district.Store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", default)).Document;
            if (work.Learner == learner.Person && work.State is not (SubmissionState.Approved or SubmissionState.Submitted))
            {
                await district.TryAgainAsync(work, learner);
                return;
            }
        }

        works.Add((await district.TurnInAsync(learner)).Id);
    }

    private async Task DecideAsync(Draw draw)
    {
        if (await WaitingAsync(draw) is not { LastAttempt: { } attempt } work)
        {
            return;
        }

        var judge = JudgeOf(work.Learner, draw);
        var request = draw.Next(4) > 0
            ? new DecisionRequest(attempt.Number, DecisionOutcome.Approved, [], null)
            : new(attempt.Number, DecisionOutcome.Returned, [.. District.Badge.Competencies.Select(competency => new CompetencyRating(competency.Id, "beginning", null))], "Again, please.");
        var isRace = draw.Next(3) == 0;
        var wasRaced = false;
        if (isRace)
        {
            district.BeforeNextCommit(async () =>
            {
                wasRaced = true;
                await RaceAsync(draw);
            });
        }

        var mayJudge = facts.MayJudge(judge.Person, work.Learner, Now);
        try
        {
            var result = await district.Decisions.DecideAsync(judge, work.Id, request, null, null, default);
            RequireAuthority(result.Decision.Assessor, judge, work.Learner, result.Decision.DecidedAt);
            RequireRaters(result);
            reached.Decided++;
            reached.Raced += wasRaced ? 1 : 0;
            reached.Awarded += result.Award is null ? 0 : 1;
        }
        catch (RefusedException refusal) when (authority.Contains(refusal.Code))
        {
            Assert.False(mayJudge && !wasRaced, $"{judge} may judge {work.Learner}, and was told {refusal.Code}.");
            reached.Denied++;
        }
        finally
        {
            district.BeforeNextCommit(() => Task.CompletedTask);
        }
    }

    private async Task RaceAsync(Draw draw)
    {
        try
        {
            await (draw.Next(2) == 0 ? EndAsync(draw) : BeginAsync(draw));
        }
        catch (RefusedException)
        {
            // Then nothing happened in between.
        }
    }

    private async Task ObserveAsync(Draw draw)
    {
        var (learner, device) = (learners[draw.Next(2)].Person, NewId.Random());
        var judge = JudgeOf(learner, draw);
        var mayJudge = facts.MayJudge(judge.Person, learner, Now);
        foreach (var competency in District.Badge.Competencies)
        {
            try
            {
                var seen = await district.Observations.RecordAsync(
                    judge, new(district.West, District.Badge.Slug, competency.Id, null), new($"{device}-{competency.Id}", learner, draw.Next(5) == 0 ? "beginning" : "proficient", null), default);
                RequireAuthority(seen.Observation.Assessor, judge, learner, seen.Observation.RecordedAt);
                Assert.Null(rule.Raters);
                reached.Observed++;
                reached.Awarded += seen.Award is null ? 0 : 1;
            }
            catch (RefusedException refusal) when (authority.Contains(refusal.Code))
            {
                Assert.False(mayJudge && rule.Supervisor == SupervisorMode.Sole, $"{judge} may judge {learner}, and was told {refusal.Code}.");
                reached.Denied++;
                return;
            }
        }
    }

    private async Task UndoAsync(Draw draw)
    {
        foreach (var id in works.AsEnumerable().Reverse())
        {
            var work = (await district.Store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", default)).Document;
            if (work.LastAttempt?.Standing is { } standing)
            {
                var judge = draw.Next(4) == 0 ? Judges[draw.Next(6)] : new(standing.Assessor.Person);
                var result = await district.Undo.UndoAsync(judge, id, standing.Id, null, default);
                RequireAuthority(result.Decision.Assessor, judge, work.Learner, result.Decision.DecidedAt);
                Assert.Equal(standing.Assessor.Person, judge.Person);
                reached.Undone++;
                return;
            }
        }
    }

    // Not only when it says it was decided but also when it had been written, in case something came between.
    private void RequireAuthority(Assessor claimed, Actor judge, PersonId learner, DateTimeOffset decidedAt)
    {
        Assert.Equal(judge.Person, claimed.Person);
        foreach (var at in new[] { decidedAt, Now })
        {
            Assert.True(facts.Objection(claimed, learner, at) is null, $"{claimed.Person} decided on {learner} and {facts.Objection(claimed, learner, at)}.");
        }

        reached.StoodIn += claimed.For is null ? 0 : 1;
    }

    private void RequireRaters(DecisionResult result)
    {
        if (rule.Raters is not null && result.Submission.LastAttempt!.Standing is { } settled)
        {
            var counted = result.Submission.LastAttempt.Ratings.Where(rating => settled.RestsOn!.Value.Contains(rating.Id)).ToList();
            Assert.True(counted.Count >= 2);
            Assert.Distinct(counted.Select(rating => rating.Assessor.Person));
            Assert.True(rule.Roles.Length == 1 || counted.Take(2).Select(rating => rating.Assessor.Capacity).Distinct().Count() == 2);
        }

        Assert.False(rule.Supervisor == SupervisorMode.CoSign && result.Award is not null && result.Decision.Assessor.Role == Role.Supervisor);
    }

    private async Task RequireOneLiveAwardAsync()
    {
        foreach (var learner in learners)
        {
            var live = (await district.AwardsAsync(learner)).Where(award => award.State is AwardState.Signing or AwardState.Issued);
            Assert.Distinct(live.Select(award => (award.Badge, award.Attempt)));
        }
    }

    private async Task<Submission?> WaitingAsync(Draw draw)
    {
        var waiting = new List<Submission>();
        foreach (var id in works)
        {
            if ((await district.Store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", default)).Document is { State: SubmissionState.Submitted } work)
            {
                waiting.Add(work);
            }
        }

        return waiting.Count == 0 ? null : waiting[draw.Next(waiting.Count)];
    }

    // Mostly somebody who may, if there is anyone, so that enough comes of it.
    private Actor JudgeOf(PersonId learner, Draw draw)
    {
        var entitled = Judges.Where(judge => facts.MayJudge(judge.Person, learner, Now)).ToList();
        return entitled.Count > 0 && draw.Next(4) > 0 ? entitled[draw.Next(entitled.Count)] : Judges[draw.Next(6)];
    }

    /// <summary>The choices of one step, all from its one number.</summary>
    private sealed class Draw(int number)
    {
        private uint state = (uint)number * 2_654_435_761 + 1;

        public int Next(int below)
        {
            state = state * 1_664_525 + 1_013_904_223;
            return (int)((state >> 8) % (uint)below);
        }
    }
}
