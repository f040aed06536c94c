using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

/// <summary>Passes an employer's question to somebody it found, and the answer back. Only a yes says who it is.</summary>
public sealed class TalentContactWorkflow(Commits commits, TalentSearching searching, TalentGround ground, KeyEncryptionKey key, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Asks somebody whom a search of this employer found.</summary>
    /// <exception cref="RefusedException">
    /// <c>talent.not-found</c>: no such result, or the person is to be found no more; <c>employer.not-checked</c>, <c>talent.message</c>, <c>talent.asked-already</c>, <c>talent.too-many</c>.
    /// </exception>
    public Task<Read<TalentContact>> AskAsync(Actor actor, string search, string reference, string message, RequestKey? request, CancellationToken cancellationToken) => commits.OnceAsync(
        request,
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var made = await store.GetAsync(TalentSearchDocuments.Kind, search, "talent", token);
            await RequireSearcherAsync(actor, made.Document.Employer, changes, token);
            var hit = made.Document.Hits.FirstOrDefault(hit => hit.Reference == reference) ?? throw Refused.NotFound("talent");
            var consent = await store.GetAsync(ConsentDocuments.Kind, hit.Consent.Value, "talent", token);
            _ = await ground.FindAsync(consent, token) ?? throw Refused.NotFound("talent");
            if (await store.CountAsync(TalentContactDocuments.Kind, TalentContactDocuments.ByEmployer.Where(made.Document.Employer.Value).From(now.AddDays(-1)), TalentContact.MaxADay, token) >= TalentContact.MaxADay)
            {
                throw Refused.Conflict("talent.too-many", $"An employer asks {TalentContact.MaxADay} people a day at most.");
            }

            if (await store.FirstAsync(TalentContactDocuments.Kind, TalentContactDocuments.Once.Where(made.Document.Employer.Value, hit.Learner.Value), token) is not null)
            {
                throw Refused.Conflict("talent.asked-already", "This person was asked by you within the last three months; please wait for the answer.");
            }

            var contact = new TalentContact(
                NewId.Ordered(now), made.Document.Employer, actor.Person, search, reference, hit.Learner, hit.RecordKeeper, hit.Consent, DisplayText.Require(message, TalentContact.MaxMessageLength, "talent.message"), now);
            changes.Require(ConsentDocuments.Kind, consent).Notify(hit.Learner, NoticeKind.TalentContactAsked, contact.Id, now);
            return changes.Adding(TalentContactDocuments.Kind, contact);
        },
        (id, token) => store.GetAsync(TalentContactDocuments.Kind, id, "talent", token),
        cancellationToken);

    /// <summary>The learner says yes, with what the employer is to know, or no.</summary>
    /// <exception cref="RefusedException"><c>talent.not-found</c>, <c>talent.answered</c>, <c>talent.details</c>, <c>request.stale</c>.</exception>
    public Task<Read<TalentContact>> AnswerAsync(Actor actor, string id, ContactDetails? details, long? ifMatch, RequestKey? request, CancellationToken cancellationToken) => commits.OnceAsync(
        request,
        async token =>
        {
            var read = await store.GetAsync(TalentContactDocuments.Kind, id, "talent", token);
            var answered = IsLearner(actor, read.Document) ? read.MustBe(ifMatch).Document.Answer(details, key, clock.Now()) : throw Refused.NotFound("talent");
            return new Changes().Notify(answered.By, NoticeKind.TalentContactAnswered, id, clock.Now()).Replacing(TalentContactDocuments.Kind, read, answered);
        },
        (known, token) => store.GetAsync(TalentContactDocuments.Kind, known, "talent", token),
        cancellationToken);

    /// <summary>What was asked, latest first: the learner's own, or an employer's. Neither holds who the learner is.</summary>
    /// <param name="actor">The learner, or somebody who searches for the employer.</param>
    /// <param name="employer">Null for the actor's own.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>employer.not-checked</c>.</exception>
    public async Task<Page<TalentContact>> ListAsync(Actor actor, OrganizationId? employer, Func<DocumentQuery<TalentContact>, DocumentQuery<TalentContact>> page, CancellationToken cancellationToken)
    {
        if (employer is { } asked)
        {
            await searching.RequireAsync(actor, asked, new(), cancellationToken);
        }

        var found = employer is null ? TalentContactDocuments.ByLearner.Where(actor.IsLimited ? "" : actor.Person.Value) : TalentContactDocuments.ByEmployer.Where(employer.Value.Value);
        return await store.QueryAsync(TalentContactDocuments.Kind, page(found.Descending()), cancellationToken);
    }

    /// <summary>What a learner who said yes lets the employer know; the row is written before it leaves.</summary>
    /// <exception cref="RefusedException"><c>talent.not-found</c>: also where the learner has not said yes; <c>employer.not-checked</c>.</exception>
    public Task<ContactDetails> OpenAsync(Actor actor, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var read = await store.GetAsync(TalentContactDocuments.Kind, id, "talent", token);
            await RequireSearcherAsync(actor, read.Document.Employer, changes, token);
            var details = read.Document.Open(key) ?? throw Refused.NotFound("talent");
            changes.Require(TalentContactDocuments.Kind, read).Disclose(new(
                NewId.Ordered(now), read.Document.Learner, read.Document.RecordKeeper, actor.Person, read.Document.Employer, DisclosureBasis.LearnersOwn, 0, now) { Door = DisclosureDoor.TalentSearch, Through = id });
            return new Outcome<ContactDetails>(changes, details, id);
        },
        cancellationToken);

    // Whoever does not search for this employer learns of nothing.
    private async Task RequireSearcherAsync(Actor actor, OrganizationId employer, Changes changes, CancellationToken cancellationToken)
    {
        try
        {
            await searching.RequireAsync(actor, employer, changes, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Code == "role.missing")
        {
            throw Refused.NotFound("talent");
        }
    }

    private static bool IsLearner(Actor actor, TalentContact contact) => !actor.IsLimited && actor.Person == contact.Learner;
}
