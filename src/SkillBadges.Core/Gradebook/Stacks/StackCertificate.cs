using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Stacks;

/// <summary>That an office saw a certificate of others which a stack asks for, such as a CPR card. The card itself stays with the learner.</summary>
/// <param name="Certificate">Its id within the stack.</param>
/// <param name="Issuer">Who issued it, as the card says.</param>
/// <param name="GoodUntil">The last day that the card says; null for none.</param>
public sealed record StackCertificate(
    PersonId Learner, OrganizationId Organization, string Stack, string Certificate, string Issuer, DateOnly IssuedOn, DateOnly? GoodUntil, PersonId SeenBy, DateTimeOffset SeenAt)
{
    public const int MaxIssuerLength = 120;

    [JsonIgnore]
    public string Id => StackCertificateDocuments.IdOf(Learner, Organization, Stack, Certificate);

    [JsonIgnore]
    public CertificateSeen Seen => new(Certificate, IssuedOn, GoodUntil) { Written = Id };
}

public static class StackCertificateDocuments
{
    public static readonly AccessPath<StackCertificate> ByLearner = new AccessPath<StackCertificate>("learner").Equal("learner", c => c.Learner.Value).OrderBy("seen", c => c.SeenAt);

    /// <summary>The last one that was seen counts.</summary>
    public static readonly DocumentKind<StackCertificate> Kind = new("stack_certificate", c => c.Id) { Paths = [ByLearner] };

    public static string IdOf(PersonId learner, OrganizationId organization, string stack, string certificate) => $"{learner.Value}.{organization.Value}.{stack}.{certificate}";
}
