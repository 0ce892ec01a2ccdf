// electron.dialog, electron.Menu and electron.clipboard: nobody is there to answer; a spec puts its own answers in.
const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showMessageBox: async () => ({ response: 1, checkboxChecked: false }),
  showErrorBox: (title, content) => console.error(`[dialog] ${title}: ${content}`),
};

let copied = '';
const clipboard = { readText: async () => copied, writeText: async (text) => { copied = String(text); }, clear: () => { copied = ''; } };

class Menu {
  static setApplicationMenu(menu) { Menu._application = menu; }
  static getApplicationMenu() { return Menu._application ?? null; }
}

module.exports = { dialog, Menu, clipboard };
