using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>An office writes down that it saw a certificate of others; it may be the last that a stack's award waits for.</summary>
public sealed class StackCertificateWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Writes it down; a later card of the same kind replaces the earlier one.</summary>
    /// <param name="actor">Of the school's registry.</param>
    /// <param name="learner">A learner of the school.</param>
    /// <param name="school">Where.</param>
    /// <param name="card">What the card says.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>learner.not-found</c>, <c>award.own</c>, <c>stack.not-found</c>, <c>stack.certificate</c>, <c>organization.not-found</c>.
    /// </exception>
    public Task<Read<StackCertificate>> RecordAsync(Actor actor, PersonId learner, OrganizationId school, CertificateCard card, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var office = await authority.RequireAsync(actor, school, Offices.Registry, token);
            var enrolled = await authority.FindAsync(new(learner), school, Offices.Learners, token) ?? throw Refused.NotFound("learner");
            var keeper = (await store.GetAsync(OrganizationDocuments.Kind, school.Value, "organization", token)).Document;
            if (actor.Person == learner)
            {
                throw Refused.Forbidden("award.own", "Nobody decides about a badge of their own.");
            }

            var stack = await store.CurrentStackAsync(card.Stack, new(), token);
            if (!stack.Certificates.Any(one => one.Id == card.Certificate) || card.IssuedOn > keeper.DayOf(now) || card.GoodUntil < card.IssuedOn)
            {
                throw Refused.Invalid("stack.certificate", "The stack asks for no such certificate, or the days on it cannot be: it was issued today or earlier, and ends after that.");
            }

            var seen = new StackCertificate(
                learner, school, stack.Slug, card.Certificate, DisplayText.Require(card.Issuer, StackCertificate.MaxIssuerLength, "stack.certificate"), card.IssuedOn, card.GoodUntil, actor.Person, now);
            changes.Require(MembershipDocuments.Kind, office).Require(MembershipDocuments.Kind, enrolled).Send(IssuingTopics.LookAtStacks(learner, school, now));
            return await store.FindAsync(StackCertificateDocuments.Kind, seen.Id, token) is { } earlier
                ? changes.Replacing(StackCertificateDocuments.Kind, earlier, seen)
                : changes.Adding(StackCertificateDocuments.Kind, seen);
        },
        cancellationToken);
}

/// <param name="Stack">Slug.</param>
/// <param name="Certificate">Its id within the stack.</param>
/// <param name="Issuer">Who issued it.</param>
public sealed record CertificateCard(string Stack, string Certificate, string Issuer, DateOnly IssuedOn, DateOnly? GoodUntil);
