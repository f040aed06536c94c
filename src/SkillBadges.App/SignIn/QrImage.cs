using QRCoder;

namespace SkillBadges.App.SignIn;

internal static class QrImage
{
    /// <summary>A PNG as a data address.</summary>
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var image = new PngByteQRCode(code);
        return $"data:image/png;base64,{Convert.ToBase64String(image.GetGraphic(6))}";
    }
}
