using System.Text;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.Core.Issuing;

/// <summary>Checks a credential that this instance issued, for whoever was shown its opaque id, as on paper. A credential names nobody.</summary>
public sealed class HeldCredentialCheck(IDocumentStore store, InstanceVerifier verifier)
{
    private const int MaxLength = 64;

    /// <summary>Null where there is no such credential.</summary>
    public async Task<VerificationReport?> VerifyAsync(string id, CancellationToken cancellationToken)
    {
        var signed = id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? await store.FindAsync(SignedCredentialDocuments.Kind, id, cancellationToken)
            : null;
        return signed?.Document.Form(SignedForm.EddsaRdfc2022) is { } form ? await verifier.VerifyAsync(Encoding.UTF8.GetBytes(form.Text), cancellationToken) : null;
    }
}
